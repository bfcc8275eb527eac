package dev.udpprobe.echo;

import java.security.SecureRandom;

/**
 * What each source has had: an IPv4 address, or the 64 bits of an IPv6 address that name a
 * network (RFC 4291 2.5.4), because a host has all addresses behind them. Its memory is
 * fixed at {@value #SLOTS} sources. Where there is no free slot, the source goes whose bucket
 * is full soonest, since least is forgotten with it; so sources that come once cannot push
 * out one that has come often. To be used under a lock.
 */
final class SourceRates {

	/** A source's slots lie side by side, in one line of the processor's cache. */
	private static final int WAYS = 4;

	private static final int SET_BITS = 13;

	static final int SLOTS = WAYS << SET_BITS;

	private final long[] sources = new long[SLOTS];

	private final Buckets buckets;

	/** So that nobody can choose sources that share their slots. */
	private final long seed;

	private final long multiplier;

	SourceRates(RateLimit limit) {
		this.buckets = new Buckets(limit, SLOTS);
		SecureRandom random = new SecureRandom();
		this.seed = random.nextLong();
		this.multiplier = random.nextLong() | 1;
	}

	/**
	 * Takes what a reply to a source costs, if the source may have it.
	 * @return whether it may
	 */
	boolean take(PeerAddress peer, int bytes, long nanos) {
		long source = peer.isIpv4() ? peer.low() : peer.high();
		int slot = slotOf(source);
		if (this.sources[slot] != source) {
			this.sources[slot] = source;
			this.buckets.fill(slot);
		}
		if (!this.buckets.allows(slot, bytes, nanos)) {
			return false;
		}
		this.buckets.take(slot, bytes, nanos);
		return true;
	}

	/**
	 * @return the source's slot, or the one that it may take over
	 */
	private int slotOf(long source) {
		int first = setOf(source) * WAYS;
		int soonest = first;
		for (int slot = first; slot < first + WAYS; slot++) {
			if (this.sources[slot] == source) {
				return slot;
			}
			if (this.buckets.fullAt(slot) < this.buckets.fullAt(soonest)) {
				soonest = slot;
			}
		}
		return soonest;
	}

	private int setOf(long source) {
		long hash = (source ^ this.seed) * this.multiplier;
		hash = (hash ^ hash >>> Integer.SIZE) * this.multiplier;
		return (int) (hash >>> (Long.SIZE - SET_BITS));
	}

}
