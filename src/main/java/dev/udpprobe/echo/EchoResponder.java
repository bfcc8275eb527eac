package dev.udpprobe.echo;

import java.nio.ByteBuffer;

import org.jspecify.annotations.Nullable;

import dev.udpprobe.auth.Trailer;
import dev.udpprobe.auth.Verifier;
import dev.udpprobe.net.PayloadLimits;

/**
 * Decides what becomes of a datagram. The rules look into a payload only for the farewell
 * at its start, the signs of a loop and, with a key, the signature at its end. The peer
 * is always the address that the datagram came from.
 */
public final class EchoResponder {

	private final Guard guard;

	private final ByteBuffer farewell;

	/** Used under the lock of the sessions alone, as it is for one thread at a time. */
	private final @Nullable Verifier verifier;

	private final Sessions sessions;

	private final EchoCounts counts;

	/**
	 * @param guard asked first, under the lock of the sessions
	 * @param farewell how a payload starts that ends the session; not empty
	 * @param verifier what a datagram must pass to be answered, or null; nobody else uses it
	 */
	public EchoResponder(Guard guard, byte[] farewell, @Nullable Verifier verifier, Sessions sessions,
			EchoCounts counts) {
		this.guard = guard;
		this.farewell = ByteBuffer.wrap(farewell.clone());
		this.verifier = verifier;
		this.sessions = sessions;
		this.counts = counts;
	}

	/**
	 * Judges datagrams and counts everything about them but the sending of replies.
	 * @param admission asked about each that may otherwise be answered
	 * @param nowNanos {@link System#nanoTime}
	 * @return whether any is to be answered
	 */
	public boolean judge(Datagrams datagrams, Admission admission, long nowNanos) {
		boolean answers = false;
		int judged = 0;
		long bytes = 0;
		// Once for all of them; each of the calls below takes it again for nothing.
		synchronized (this.sessions) {
			try {
				for (; judged < datagrams.count(); judged++) {
					Datagram datagram = datagrams.get(judged);
					int length = datagram.length();
					DropReason dropReason = dropReason(datagram, judged, admission, nowNanos);
					if (dropReason != null) {
						this.counts.dropped(dropReason);
					}
					boolean toAnswer = dropReason == null && judge(datagram, length, nowNanos);
					datagram.judged(toAnswer);
					answers |= toAnswer;
					bytes += length;
				}
			}
			finally {
				this.counts.received(judged, bytes);
			}
		}
		return answers;
	}

	/**
	 * The cheapest question comes first, and the limits come last: a datagram that is
	 * dropped for another reason uses up nothing of what its source may have.
	 */
	private @Nullable DropReason dropReason(Datagram datagram, int index, Admission admission, long nowNanos) {
		DropReason reason = this.guard.sourceDropReason(datagram);
		if (reason == null && this.verifier != null) {
			reason = authenticate(datagram, this.verifier);
		}
		if (reason == null) {
			reason = admission.dropReason(datagram.peer(), index);
		}
		return (reason != null) ? reason : this.guard.replyDropReason(datagram, nowNanos);
	}

	/**
	 * @param length with the signature
	 */
	private boolean judge(Datagram datagram, int length, long nowNanos) {
		PeerAddress peer = datagram.peer();
		this.sessions.seen(peer, length, nowNanos);
		if (isFarewell(datagram.payload())) {
			this.counts.farewell();
			this.sessions.end(peer, SessionEnd.FAREWELL);
			return false;
		}
		if (datagram.replyLength() > (peer.isIpv4() ? PayloadLimits.MAX_IPV4 : PayloadLimits.MAX_IPV6)) {
			this.counts.dropped(DropReason.OVERSIZED);
			return false;
		}
		return true;
	}

	/**
	 * Leaves nothing but the message of a datagram that is genuine.
	 * @return why another one is not answered
	 */
	private static @Nullable DropReason authenticate(Datagram datagram, Verifier verifier) {
		return switch (verifier.verify(datagram.payload())) {
			case GENUINE -> {
				datagram.cut(Trailer.LENGTH);
				yield null;
			}
			case UNAUTHENTICATED -> DropReason.UNAUTHENTICATED;
			case STALE -> DropReason.STALE;
			case REPLAYED -> DropReason.REPLAYED;
		};
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
