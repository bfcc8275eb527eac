package dev.udpprobe.auth;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

import javax.crypto.Mac;

/**
 * Tells datagrams that were sent now, by somebody who has one of the keys, from all others.
 * Safe for any number of threads, which share nothing but the memory of what has come, and
 * hash without a lock. Each thread that asks gets functions of its own and keeps them, so
 * the threads should be few.
 */
public final class Verifier {

	/**
	 * Whether a datagram is from somebody who has a key.
	 */
	public enum Result {

		/** It is, and new. */
		GENUINE,

		/** It has no trailer, or one that another key made, or was changed. */
		UNAUTHENTICATED,

		/** Its time is too far from now; the clocks differ, or somebody sends an old one. */
		STALE,

		/** It has come before. */
		REPLAYED

	}

	/** How far the sender's clock and the way may be off, to either side. */
	static final long WINDOW_MICROS = TimeUnit.SECONDS.toMicros(30);

	private final ThreadLocal<Tags> tags;

	private final LongSupplier nowMillis;

	private final SeenTags seen = new SeenTags();

	/**
	 * @param keys one or two, not empty themselves; the one that most datagrams are signed
	 * with comes first, because each costs a hash until one fits
	 */
	public Verifier(List<SharedKey> keys) {
		this(keys, System::currentTimeMillis);
	}

	Verifier(List<SharedKey> keys, LongSupplier nowMillis) {
		this.tags = ThreadLocal.withInitial(() -> new Tags(keys));
		this.nowMillis = nowMillis;
	}

	/**
	 * Judges a datagram, and remembers it if it is genuine. The tag comes first, so that a
	 * stale or replayed datagram is one that was genuine once, and nobody without a key can
	 * fill the memory. Of two threads that ask about copies of one datagram at once, exactly
	 * one is told that it is genuine.
	 * @param datagram from its position to its limit, which stay; the calling thread's own
	 */
	public Result verify(ByteBuffer datagram) {
		int end = datagram.limit();
		if (datagram.remaining() < Trailer.LENGTH || !this.tags.get().isTagged(datagram)) {
			return Result.UNAUTHENTICATED;
		}
		long aheadMicros = datagram.getLong(end - Trailer.LENGTH)
				- TimeUnit.MILLISECONDS.toMicros(this.nowMillis.getAsLong());
		if (aheadMicros < -WINDOW_MICROS || aheadMicros > WINDOW_MICROS) {
			return Result.STALE;
		}
		return this.seen.add(datagram.getLong(end - Trailer.TAG), datagram.getLong(end - Long.BYTES))
				? Result.GENUINE
				: Result.REPLAYED;
	}

	/**
	 * What one thread makes tags with.
	 */
	private static final class Tags {

		private final Mac[] macs;

		private final byte[] computed;

		private final byte[] tag = new byte[Trailer.TAG];

		private final byte[] claimed = new byte[Trailer.TAG];

		Tags(List<SharedKey> keys) {
			this.macs = keys.stream().map(SharedKey::mac).toArray(Mac[]::new);
			this.computed = new byte[this.macs[0].getMacLength()];
		}

		/**
		 * @param datagram at least as long as a trailer
		 * @return whether one of the keys made its tag
		 */
		boolean isTagged(ByteBuffer datagram) {
			int start = datagram.position();
			int end = datagram.limit() - Trailer.TAG;
			datagram.get(end, this.claimed);
			try {
				for (Mac mac : this.macs) {
					if (isTagged(mac, datagram.limit(end).position(start))) {
						return true;
					}
				}
				return false;
			}
			finally {
				datagram.limit(end + Trailer.TAG).position(start);
			}
		}

		/**
		 * The comparison takes as long for every wrong tag, so that none is found byte by byte.
		 */
		private boolean isTagged(Mac mac, ByteBuffer content) {
			try {
				mac.update(content);
				mac.doFinal(this.computed, 0);
			}
			catch (GeneralSecurityException ex) {
				throw new IllegalStateException(ex);
			}
			System.arraycopy(this.computed, 0, this.tag, 0, Trailer.TAG);
			return MessageDigest.isEqual(this.tag, this.claimed);
		}

	}

}
