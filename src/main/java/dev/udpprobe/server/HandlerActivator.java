package dev.udpprobe.server;

import org.springframework.integration.handler.AbstractMessageHandler;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageChannel;

/**
 * The middle of a server's flow: has the handler settle the datagrams, and passes on what is
 * to be answered.
 */
public final class HandlerActivator extends AbstractMessageHandler {

	private final Handler handler;

	private final MessageChannel replies;

	/**
	 * @param replies to the {@link OutboundAdapter}
	 */
	public HandlerActivator(Handler handler, MessageChannel replies) {
		this.handler = handler;
		this.replies = replies;
	}

	@Override
	protected void handleMessageInternal(Message<?> message) {
		Batch batch = (Batch) message.getPayload();
		this.handler.handle(batch);
		if (batch.hasReplies()) {
			this.replies.send(message);
		}
	}

}
