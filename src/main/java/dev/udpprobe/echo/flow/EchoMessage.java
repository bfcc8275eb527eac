package dev.udpprobe.echo.flow;

import java.util.Map;

import org.springframework.messaging.Message;
import org.springframework.messaging.MessageHeaders;

import dev.udpprobe.echo.Datagrams;

/**
 * Datagrams on their way through the flow, all in one message. They and the message are the
 * receiving thread's and are used again for the next: a message is valid until its handler
 * returns, and must not leave the thread.
 */
final class EchoMessage implements Message<Datagrams> {

	private final Datagrams datagrams;

	private final EchoReplies replies;

	EchoMessage(Datagrams datagrams, EchoReplies replies) {
		this.datagrams = datagrams;
		this.replies = replies;
	}

	@Override
	public Datagrams getPayload() {
		return this.datagrams;
	}

	/**
	 * @return the socket that they came in by
	 */
	EchoReplies replies() {
		return this.replies;
	}

	/**
	 * Made only for whoever asks, because most messages pass without.
	 */
	@Override
	public MessageHeaders getHeaders() {
		return new MessageHeaders(Map.of());
	}

	@Override
	public String toString() {
		return this.datagrams.toString();
	}

}
