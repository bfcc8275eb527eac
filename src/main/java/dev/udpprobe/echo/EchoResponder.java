package dev.udpprobe.echo;

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

	private final ByteBuffer farewell;

	private final Sessions sessions;

	private final EchoCounts counts;

	/**
	 * @param farewell how a payload starts that ends the session; not empty
	 */
	public EchoResponder(byte[] farewell, Sessions sessions, EchoCounts counts) {
		this.farewell = ByteBuffer.wrap(farewell.clone());
		this.sessions = sessions;
		this.counts = counts;
	}

	/**
	 * Judges datagrams and counts everything about them but the sending of replies.
	 * @param nowNanos {@link System#nanoTime}
	 * @return whether any is to be answered
	 */
	public boolean judge(Datagrams datagrams, long nowNanos) {
		boolean answers = false;
		int judged = 0;
		long bytes = 0;
		// Once for all of them; each of the calls below takes it again for nothing.
		synchronized (this.sessions) {
			try {
				for (; judged < datagrams.count(); judged++) {
					Datagram datagram = datagrams.get(judged);
					boolean toAnswer = judge(datagram, nowNanos);
					bytes += datagram.length();
					datagram.judged(toAnswer);
					answers |= toAnswer;
				}
			}
			finally {
				this.counts.received(judged, bytes);
			}
		}
		return answers;
	}

	private boolean judge(Datagram datagram, long nowNanos) {
		DropReason refusal = datagram.refusal();
		if (refusal != null) {
			this.counts.dropped(refusal);
			return false;
		}
		PeerAddress peer = datagram.peer();
		this.sessions.seen(peer, datagram.length(), nowNanos);
		if (isFarewell(datagram.payload())) {
			this.counts.farewell();
			this.sessions.end(peer, SessionEnd.FAREWELL);
			return false;
		}
		if (datagram.replyLength() > (peer.isIpv4() ? LONGEST_IPV4 : LONGEST_IPV6)) {
			this.counts.dropped(DropReason.OVERSIZED);
			return false;
		}
		return true;
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
