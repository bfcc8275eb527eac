package dev.udpprobe.net;

import java.security.SecureRandom;

/**
 * Token buckets for many, each found by a number, its key. The memory is fixed at
 * {@value #SLOTS} slots. Where there is no free slot, a newcomer takes over the one whose
 * bucket is full soonest, since least is forgotten with it; so those that come once cannot
 * push out one that has come often. To be used under a lock.
 */
public final class Rates {

	/**
	 * What a newcomer finds in a bucket that is not full yet.
	 */
	public enum Newcomer {

		/**
		 * A full bucket: nobody goes without for what another has had. In return, whoever is pushed
		 * out and comes back has more than the limit.
		 */
		STARTS_ANEW,

		/**
		 * What its predecessor left. Only time fills a bucket then, so whoever is pushed out and
		 * comes back finds no more than it left itself: nobody ever has more than the limit. In
		 * return, a newcomer may have less.
		 */
		INHERITS

	}

	/** The slots that a key may have lie side by side, in one line of the processor's cache. */
	private static final int WAYS = 4;

	private static final int SET_BITS = 13;

	/**
	 * How many there is room for.
	 */
	public static final int SLOTS = WAYS << SET_BITS;

	private final long[] keys = new long[SLOTS];

	private final Buckets buckets;

	private final Newcomer newcomer;

	/** So that nobody can choose keys that share their slots. */
	private final long seed;

	private final long multiplier;

	public Rates(RateLimit limit, Newcomer newcomer) {
		this.buckets = new Buckets(limit, SLOTS);
		this.newcomer = newcomer;
		SecureRandom random = new SecureRandom();
		this.seed = random.nextLong();
		this.multiplier = random.nextLong() | 1;
	}

	/**
	 * Takes what a datagram costs, if there is enough for it.
	 * @param bytes its payload, 0 or more
	 * @param nanos since a moment before the first datagram, at least 0
	 * @return whether there was
	 */
	public boolean take(long key, int bytes, long nanos) {
		int slot = slotOf(key);
		if (this.keys[slot] != key) {
			this.keys[slot] = key;
			if (this.newcomer == Newcomer.STARTS_ANEW) {
				this.buckets.fill(slot);
			}
		}
		if (!this.buckets.allows(slot, bytes, nanos)) {
			return false;
		}
		this.buckets.take(slot, bytes, nanos);
		return true;
	}

	/**
	 * Whether {@link #take} would find enough now.
	 */
	public boolean allows(long key, int bytes, long nanos) {
		int slot = slotOf(key);
		boolean startsAnew = this.keys[slot] != key && this.newcomer == Newcomer.STARTS_ANEW;
		return startsAnew || this.buckets.allows(slot, bytes, nanos);
	}

	/**
	 * Makes one key of two numbers. Nobody can choose two pairs that have the same.
	 */
	public long key(long high, long low) {
		return mixed(high) ^ low;
	}

	/**
	 * @return the key's slot, or the one that it may take over
	 */
	private int slotOf(long key) {
		int first = (int) (mixed(key) >>> (Long.SIZE - SET_BITS)) * WAYS;
		int soonest = first;
		for (int slot = first; slot < first + WAYS; slot++) {
			if (this.keys[slot] == key) {
				return slot;
			}
			if (this.buckets.fullAt(slot) < this.buckets.fullAt(soonest)) {
				soonest = slot;
			}
		}
		return soonest;
	}

	private long mixed(long number) {
		long hash = (number ^ this.seed) * this.multiplier;
		return (hash ^ hash >>> Integer.SIZE) * this.multiplier;
	}

}
