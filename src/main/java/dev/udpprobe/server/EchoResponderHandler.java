package dev.udpprobe.server;

import org.springframework.integration.handler.AbstractMessageHandler;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageChannel;

import dev.udpprobe.echo.EchoResponder;

/**
 * The middle of the flow: asks the rules, and passes on what is to be answered.
 */
final class EchoResponderHandler extends AbstractMessageHandler {

	private final EchoResponder responder;

	private final MessageChannel replies;

	EchoResponderHandler(EchoResponder responder, MessageChannel replies) {
		this.responder = responder;
		this.replies = replies;
	}

	@Override
	protected void handleMessageInternal(Message<?> message) {
		EchoMessage datagrams = (EchoMessage) message;
		if (this.responder.judge(datagrams.getPayload(), datagrams.admission(), System.nanoTime())) {
			this.replies.send(datagrams);
		}
	}

}
