package dev.udpprobe.server;

import org.springframework.integration.handler.AbstractMessageHandler;
import org.springframework.messaging.Message;

/**
 * The end of the flow where the transport is the native one: sends the replies to a batch
 * by one call, through the socket that it came in by.
 */
final class NativeOutboundAdapter extends AbstractMessageHandler {

	@Override
	protected void handleMessageInternal(Message<?> message) {
		EchoMessage datagrams = (EchoMessage) message;
		datagrams.replies().send(datagrams.getPayload());
	}

}
