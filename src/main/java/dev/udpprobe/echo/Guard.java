package dev.udpprobe.echo;

import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.udpprobe.net.AddressRange;
import dev.udpprobe.net.Buckets;
import dev.udpprobe.net.PeerAddress;
import dev.udpprobe.net.Rates;
import dev.udpprobe.server.DropReason;
import dev.udpprobe.server.Slot;

/**
 * Decides, before anything else does, whether a datagram may be answered at all. UDP's
 * sources can be forged, so every reply may go to somebody who has asked for nothing: not
 * to where it does harm (RFC 8085 section 3.1 and 5), not round and round, and not too
 * much. Judging a datagram takes no memory.
 *
 * <p>
 * Whoever asks {@link #replyDropReason} holds the lock of the {@link Sessions}, as the
 * {@link EchoHandler} does, so there is no lock here.
 */
public final class Guard {

	/**
	 * No limits for these sources: they never come from another host (RFC 1122 3.2.1.3 (g), RFC 4291
	 * 2.5.3; Linux drops them as martians), and what is sent there does not leave this one.
	 */
	private static final AddressRange IPV4_LOOPBACK = AddressRange.of("127.0.0.0/8");

	private static final AddressRange IPV6_LOOPBACK = AddressRange.of("::1");

	private final SourceRules rules;

	private final LoopDetector loops;

	private final int greetingLength;

	private final @Nullable Rates sources;

	private final Buckets total;

	private final long startNanos;

	/**
	 * @param greeting what the server's replies start with
	 * @param startNanos {@link System#nanoTime}, before the first datagram
	 */
	public Guard(GuardSettings settings, byte[] greeting, long startNanos) {
		this(settings, greeting, startNanos, BroadcastAddresses.ofThisHost());
	}

	Guard(GuardSettings settings, byte[] greeting, long startNanos, List<AddressRange> broadcast) {
		this.rules = new SourceRules(settings, broadcast);
		this.loops = new LoopDetector(greeting);
		this.greetingLength = greeting.length;
		this.sources = settings.perSource().isNone()
				? null
				: new Rates(settings.perSource(), Rates.Newcomer.STARTS_ANEW);
		this.total = new Buckets(settings.total(), 1);
		this.startNanos = startNanos;
	}

	/**
	 * Tells the guard the server's own ports, from which only another echo server would
	 * send. To be called before the receiving threads start.
	 */
	public void listensOn(int... ports) {
		this.rules.listensOn(ports);
	}

	/**
	 * Judges a datagram by its source and destination alone. For any thread.
	 * @return why it is not to be answered, or null
	 */
	public @Nullable DropReason sourceDropReason(Slot datagram) {
		return this.rules.dropReason(datagram);
	}

	/**
	 * Judges the reply to a datagram, whose source must have been judged before. If it may
	 * be sent, it is counted against the limits; if not, it costs its source nothing.
	 * @param nowNanos {@link System#nanoTime}
	 * @return why it is not to be sent, or null
	 */
	@Nullable
	DropReason replyDropReason(Slot datagram, long nowNanos) {
		return this.loops.isLoop(datagram.payload())
				? EchoDrop.LOOP
				: rateDropReason(datagram, Math.max(0, nowNanos - this.startNanos));
	}

	private @Nullable DropReason rateDropReason(Slot datagram, long nanos) {
		PeerAddress peer = datagram.peer();
		if (isLoopback(peer)) {
			return null;
		}
		int bytes = this.greetingLength + datagram.payload().remaining();
		if (!this.total.allows(0, bytes, nanos)) {
			return EchoDrop.TOTAL_RATE;
		}
		if (this.sources != null && !this.sources.take(peer.source(), bytes, nanos)) {
			return EchoDrop.SOURCE_RATE;
		}
		this.total.take(0, bytes, nanos);
		return null;
	}

	private static boolean isLoopback(PeerAddress peer) {
		return IPV4_LOOPBACK.contains(peer.high(), peer.low())
				|| IPV6_LOOPBACK.contains(peer.high(), peer.low());
	}

}
