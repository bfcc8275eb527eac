package dev.udpprobe.auth;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

import javax.crypto.Mac;

/**
 * Tells datagrams that were sent now, by somebody who has the key, from all others. For one
 * thread at a time.
 */
public final class Verifier {

	/**
	 * Whether a datagram is from somebody who has the key.
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

	private final Mac mac;

	private final LongSupplier nowMillis;

	private final SeenTags seen = new SeenTags();

	private final byte[] claimed = new byte[Trailer.TAG];

	private final byte[] tag = new byte[Trailer.TAG];

	private final ByteBuffer computed;

	/**
	 * @param key not empty
	 */
	public Verifier(SharedKey key) {
		this(key, System::currentTimeMillis);
	}

	Verifier(SharedKey key, LongSupplier nowMillis) {
		this.mac = key.mac();
		this.computed = ByteBuffer.allocate(this.mac.getMacLength());
		this.nowMillis = nowMillis;
	}

	/**
	 * Judges a datagram, and remembers it if it is genuine. The tag comes first, so that a
	 * stale or replayed datagram is one that was genuine once, and nobody without the key can
	 * fill the memory.
	 * @param datagram from its position to its limit, which stay
	 */
	public Result verify(ByteBuffer datagram) {
		int end = datagram.limit();
		if (datagram.remaining() < Trailer.LENGTH) {
			return Result.UNAUTHENTICATED;
		}
		if (!isTagged(datagram, datagram.position(), end - Trailer.TAG)) {
			return Result.UNAUTHENTICATED;
		}
		long aheadMicros = datagram.getLong(end - Trailer.LENGTH)
				- TimeUnit.MILLISECONDS.toMicros(this.nowMillis.getAsLong());
		if (aheadMicros < -WINDOW_MICROS || aheadMicros > WINDOW_MICROS) {
			return Result.STALE;
		}
		return this.seen.add(this.computed.getLong(0), this.computed.getLong(Long.BYTES))
				? Result.GENUINE
				: Result.REPLAYED;
	}

	/**
	 * The comparison takes as long for every wrong tag, so that none is found byte by byte.
	 */
	private boolean isTagged(ByteBuffer datagram, int start, int end) {
		try {
			datagram.get(end, this.claimed);
			this.mac.update(datagram.limit(end));
			this.mac.doFinal(this.computed.array(), 0);
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
		finally {
			datagram.limit(end + Trailer.TAG).position(start);
		}
		this.computed.get(0, this.tag);
		return MessageDigest.isEqual(this.tag, this.claimed);
	}

}
