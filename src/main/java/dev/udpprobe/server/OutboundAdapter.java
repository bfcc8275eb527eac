package dev.udpprobe.server;

import org.springframework.integration.ip.udp.outbound.UnicastSendingMessageHandler;
import org.springframework.messaging.Message;

/**
 * The end of a server's flow: sends replies through the socket that their datagrams came in
 * by, because a connected client drops what comes from any other port.
 *
 * <p>
 * The adapter's own way of sending opens another socket, and evaluates an expression and
 * makes a random id for each message; none of that is needed here.
 */
public final class OutboundAdapter extends UnicastSendingMessageHandler {

	public OutboundAdapter() {
		super("localhost", 0);
	}

	@Override
	public void handleMessageInternal(Message<?> message) {
		((Batch) message.getPayload()).send();
	}

}
