package dev.udpprobe.server;

import org.springframework.integration.ip.udp.outbound.UnicastSendingMessageHandler;
import org.springframework.messaging.Message;

/**
 * The end of the flow: sends replies through the socket that their datagrams came in by,
 * because a connected client drops what comes from any other port.
 *
 * <p>
 * The adapter's own way of sending opens another socket, and evaluates an expression and
 * makes a random id for each message; none of that is needed here.
 */
final class OutboundAdapter extends UnicastSendingMessageHandler {

	OutboundAdapter() {
		super("localhost", 0);
	}

	@Override
	public void handleMessageInternal(Message<?> message) {
		EchoMessage datagrams = (EchoMessage) message;
		datagrams.replies().send(datagrams.getPayload());
	}

}
