package dev.udpprobe.echo.flow;

import org.springframework.integration.handler.AbstractMessageHandler;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageChannel;

import dev.udpprobe.echo.EchoResponder;
import dev.udpprobe.echo.EchoResponder.Verdict;

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
		DatagramMessage datagram = (DatagramMessage) message;
		if (this.responder.judge(datagram.peer(), datagram.getPayload(), datagram.receivedNanos()) == Verdict.REPLY) {
			this.replies.send(datagram.greeted());
		}
	}

}
