package dev.udpprobe.server;

import java.util.Map;

import org.springframework.messaging.Message;
import org.springframework.messaging.MessageHeaders;

import dev.udpprobe.echo.Admission;
import dev.udpprobe.echo.Datagrams;

/**
 * Datagrams on their way through the flow, all in one message. They and the message are the
 * receiving thread's and are used again for the next: a message is valid until its handler
 * returns, and must not leave the thread.
 */
final class EchoMessage implements Message<Datagrams> {

	private final Datagrams datagrams;

	private final Admission admission;

	private final Replies replies;

	EchoMessage(Datagrams datagrams, Admission admission, Replies replies) {
		this.datagrams = datagrams;
		this.admission = admission;
		this.replies = replies;
	}

	@Override
	public Datagrams getPayload() {
		return this.datagrams;
	}

	/**
	 * @return whose turn it is at the socket that they came in by
	 */
	Admission admission() {
		return this.admission;
	}

	/**
	 * @return the socket that they came in by
	 */
	Replies replies() {
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
