package dev.udpprobe.echo;

import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/**
 * Decides what becomes of a datagram. The rules never look into a payload but for the
 * farewell at its start, and the peer is always the address that the datagram came from.
 */
public final class EchoResponder {

	/** RFC 791's total length of 65,535 less 20 bytes of IP header and 8 of UDP header. */
	private static final int LONGEST_IPV4 = 65_507;

	/** RFC 8200's payload length of 65,535 less 8 bytes of UDP header. */
	private static final int LONGEST_IPV6 = 65_527;

	private final int greetingLength;

	private final ByteBuffer farewell;

	private final Sessions sessions;

	private final EchoCounts counts;

	/**
	 * What becomes of a datagram.
	 */
	public enum Verdict {

		/** It is answered with greeting and payload. */
		REPLY,

		/** It ended the peer's session. */
		FAREWELL,

		/** It is dropped, and has been counted. */
		DROP

	}

	/**
	 * @param greetingLength bytes that go before the payload in a reply
	 * @param farewell how a payload starts that ends the session; not empty
	 */
	public EchoResponder(int greetingLength, byte[] farewell, Sessions sessions, EchoCounts counts) {
		this.greetingLength = greetingLength;
		this.farewell = ByteBuffer.wrap(farewell.clone());
		this.sessions = sessions;
		this.counts = counts;
	}

	/**
	 * Judges a datagram and counts everything about it but the sending of a reply.
	 * @param payload from its position to its limit, which stay as they are
	 * @param nowNanos {@link System#nanoTime}
	 */
	public Verdict judge(InetSocketAddress peer, ByteBuffer payload, long nowNanos) {
		int length = payload.remaining();
		this.counts.received(length);
		this.sessions.seen(peer, length, nowNanos);
		if (isFarewell(payload)) {
			this.counts.farewell();
			this.sessions.end(peer, SessionEnd.FAREWELL);
			return Verdict.FAREWELL;
		}
		int longest = (peer.getAddress() instanceof Inet6Address) ? LONGEST_IPV6 : LONGEST_IPV4;
		if (this.greetingLength + length > longest) {
			this.counts.dropped(DropReason.OVERSIZED);
			return Verdict.DROP;
		}
		return Verdict.REPLY;
	}

	private boolean isFarewell(ByteBuffer payload) {
		int length = this.farewell.limit();
		if (payload.remaining() < length) {
			return false;
		}
		int start = payload.position();
		for (int i = 0; i < length; i++) {
			if (payload.get(start + i) != this.farewell.get(i)) {
				return false;
			}
		}
		return true;
	}

}
