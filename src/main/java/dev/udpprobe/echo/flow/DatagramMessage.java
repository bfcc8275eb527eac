package dev.udpprobe.echo.flow;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Map;

import org.springframework.integration.ip.IpHeaders;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageHeaders;

/**
 * A datagram on its way through the flow. The greeting stands in the buffer right before
 * the payload, so that a reply is the same bytes from an earlier position and nothing is
 * copied.
 *
 * <pre>
 * | 0 ..    | greeting length ..  | limit
 * | greeting | payload            |
 * </pre>
 *
 * <p>
 * The buffer is the receiving thread's and is used again for the next datagram: a message
 * is valid until its handler returns, and must not leave the thread.
 */
final class DatagramMessage implements Message<ByteBuffer> {

	private final InetSocketAddress peer;

	private final ByteBuffer buffer;

	private final long receivedNanos;

	/**
	 * @param buffer with the payload between its position and its limit
	 */
	DatagramMessage(InetSocketAddress peer, ByteBuffer buffer, long receivedNanos) {
		this.peer = peer;
		this.buffer = buffer;
		this.receivedNanos = receivedNanos;
	}

	InetSocketAddress peer() {
		return this.peer;
	}

	long receivedNanos() {
		return this.receivedNanos;
	}

	/**
	 * Turns the message into its reply.
	 */
	DatagramMessage greeted() {
		this.buffer.position(0);
		return this;
	}

	@Override
	public ByteBuffer getPayload() {
		return this.buffer;
	}

	/**
	 * Made only for whoever asks, because most datagrams pass without.
	 */
	@Override
	public MessageHeaders getHeaders() {
		return new MessageHeaders(Map.of(IpHeaders.PACKET_ADDRESS, this.peer));
	}

	@Override
	public String toString() {
		return "datagram of " + this.buffer.remaining() + " bytes, peer " + this.peer;
	}

}
