package dev.udpprobe.echo;

import java.util.BitSet;
import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import dev.udpprobe.net.AddressRange;
import dev.udpprobe.net.Buckets;
import dev.udpprobe.net.PeerAddress;
import dev.udpprobe.net.PortRange;
import dev.udpprobe.net.Rates;
import dev.udpprobe.server.DropReason;
import dev.udpprobe.server.Slot;

/**
 * Decides, before anything else does, whether a datagram may be answered at all. UDP's
 * sources can be forged, so every reply may go to somebody who has asked for nothing: not
 * to where it does harm (RFC 8085 section 3.1 and 5), not round and round, and not too
 * much. Judging a datagram takes no memory.
 */
public final class Guard {

	/**
	 * Nobody sends from there (RFC 1122 3.2.1.3, RFC 4291 2.5.2 and 2.7), and an answer would
	 * go to nobody, or to many.
	 */
	private static final List<AddressRange> NOBODY = Stream
			.of("0.0.0.0/8", "224.0.0.0/4", "255.255.255.255", "::", "ff00::/8")
			.map(AddressRange::of)
			.toList();

	/**
	 * No limits for these sources: they do not come from another host (RFC 1122 3.2.1.3 (g), RFC 4291
	 * 2.5.3; Linux drops them as martians unless {@code route_localnet} is set), and what is sent
	 * there does not leave this one.
	 */
	private static final AddressRange[] LOOPBACK = {AddressRange.of("127.0.0.0/8"), AddressRange.of("::1")};

	private final AddressRange[] invalid;

	private final AddressRange[] allowed;

	private final BitSet deniedPorts = new BitSet();

	private final LoopDetector loops;

	private final boolean breaksAlternation;

	private final int greetingLength;

	private final @Nullable Rates sources;

	private final Buckets total;

	private final long startNanos;

	private int[] ownPorts = {};

	/**
	 * @param greeting what the server's replies start with
	 * @param startNanos {@link System#nanoTime}, before the first datagram
	 */
	public Guard(GuardSettings settings, byte[] greeting, long startNanos) {
		this(settings, greeting, startNanos, BroadcastAddresses.ofThisHost());
	}

	/**
	 * @param broadcast the broadcast addresses of the networks that the host is in
	 */
	Guard(GuardSettings settings, byte[] greeting, long startNanos, List<AddressRange> broadcast) {
		this.invalid = Stream.concat(NOBODY.stream(), broadcast.stream()).toArray(AddressRange[]::new);
		this.allowed = settings.allowedSources().toArray(AddressRange[]::new);
		for (PortRange ports : settings.deniedSourcePorts()) {
			this.deniedPorts.set(ports.first(), ports.last() + 1);
		}
		this.loops = new LoopDetector(greeting);
		this.breaksAlternation = settings.breakAlternation();
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
	void listensOn(int... ports) {
		this.ownPorts = ports.clone();
	}

	/**
	 * Judges a datagram by its source, its destination and its payload alone. For any thread.
	 * @return why it is not to be answered, or null
	 */
	@Nullable
	DropReason dropReason(Slot datagram) {
		PeerAddress peer = datagram.peer();
		if (peer.port() == 0 || contains(this.invalid, peer)) {
			return EchoDrop.SOURCE_INVALID;
		}
		if (datagram.isSentToMany()) {
			return EchoDrop.SENT_TO_MANY;
		}
		if (this.allowed.length > 0 && !contains(this.allowed, peer)) {
			return EchoDrop.SOURCE_NOT_ALLOWED;
		}
		if (isOwn(peer.port())) {
			return EchoDrop.LOOP;
		}
		if (this.deniedPorts.get(peer.port())) {
			return EchoDrop.SOURCE_PORT;
		}
		return this.loops.isLoop(datagram.payload()) ? EchoDrop.LOOP : null;
	}

	private static boolean contains(AddressRange[] ranges, PeerAddress peer) {
		for (AddressRange range : ranges) {
			if (range.contains(peer.high(), peer.low())) {
				return true;
			}
		}
		return false;
	}

	private boolean isOwn(int port) {
		for (int own : this.ownPorts) {
			if (own == port) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Whether a long exchange is to be tested by a reply that is held back.
	 */
	boolean breaksAlternation() {
		return this.breaksAlternation;
	}

	/**
	 * Counts the reply to a datagram that nothing else speaks against, if it is within the
	 * limits; if it is not, it costs its source nothing. Whoever asks holds the lock of the
	 * {@link Sessions}, so there is no lock here.
	 * @param nowNanos {@link System#nanoTime}
	 * @return why it is not to be sent, or null
	 */
	@Nullable
	DropReason rateDropReason(Slot datagram, long nowNanos) {
		return rateDropReason(datagram, nowNanos, true);
	}

	/**
	 * The same, but nothing is counted.
	 */
	@Nullable
	DropReason exceededRate(Slot datagram, long nowNanos) {
		return rateDropReason(datagram, nowNanos, false);
	}

	private @Nullable DropReason rateDropReason(Slot datagram, long nowNanos, boolean counts) {
		PeerAddress peer = datagram.peer();
		if (contains(LOOPBACK, peer)) {
			return null;
		}
		long nanos = Math.max(0, nowNanos - this.startNanos);
		int bytes = this.greetingLength + datagram.payload().remaining();
		if (!this.total.allows(0, bytes, nanos)) {
			return EchoDrop.TOTAL_RATE;
		}
		if (this.sources != null && !(counts
				? this.sources.take(peer.source(), bytes, nanos)
				: this.sources.allows(peer.source(), bytes, nanos))) {
			return EchoDrop.SOURCE_RATE;
		}
		if (counts) {
			this.total.take(0, bytes, nanos);
		}
		return null;
	}

}
