package dev.udpprobe.net;

/**
 * Token buckets, each for datagrams and for bytes, which hold what may be sent in one
 * second. They are kept as the generic cell rate algorithm does (ITU-T I.371 annex A): for
 * each there is only the time at which it would be full again. Times are nanoseconds since a
 * moment before the first, so 0 is a full bucket. To be used under a lock.
 */
public final class Buckets {

	private static final long SECOND_NANOS = 1_000_000_000;

	private final long datagramNanos;

	/** A second, but for the rounding, so that it is as many datagrams as it should be. */
	private final long datagramsNanos;

	private final long bytesPerSecond;

	/** For datagrams and for bytes in turn. */
	private final long[] fullAt;

	/**
	 * @param count how many there are; all of them are full
	 */
	public Buckets(RateLimit limit, int count) {
		int datagrams = limit.datagramsPerSecond();
		this.datagramNanos = (datagrams != 0) ? Math.ceilDiv(SECOND_NANOS, datagrams) : 0;
		this.datagramsNanos = datagrams * this.datagramNanos;
		this.bytesPerSecond = limit.bytesPerSecond();
		this.fullAt = new long[2 * count];
	}

	/**
	 * Whether a bucket has enough for a datagram. A full one always has, even for a datagram
	 * that is longer than the bytes of a second; then it takes longer to be full again.
	 * Where there is no limit a datagram costs nothing and is always allowed, whatever the
	 * clock says.
	 * @param bucket 0 to less than their count
	 * @param bytes of payload, 0 or more
	 * @param nanos the time, 0 or more
	 */
	public boolean allows(int bucket, int bytes, long nanos) {
		return allows(this.fullAt[2 * bucket], this.datagramNanos, this.datagramsNanos, nanos)
				&& allows(this.fullAt[2 * bucket + 1], byteNanos(bytes), SECOND_NANOS, nanos);
	}

	private static boolean allows(long fullAt, long costNanos, long maxNanos, long nanos) {
		long missing = fullAt - nanos;
		return costNanos == 0 || missing <= 0 || missing + costNanos <= maxNanos;
	}

	/**
	 * Takes what a datagram costs, whether or not there is enough for it.
	 * @see #allows(int, int, long)
	 */
	public void take(int bucket, int bytes, long nanos) {
		this.fullAt[2 * bucket] = Math.max(this.fullAt[2 * bucket], nanos) + this.datagramNanos;
		this.fullAt[2 * bucket + 1] = Math.max(this.fullAt[2 * bucket + 1], nanos) + byteNanos(bytes);
	}

	/**
	 * Rounded up, so that what is sent never exceeds the limit.
	 */
	private long byteNanos(int bytes) {
		return (this.bytesPerSecond != 0) ? Math.ceilDiv(bytes * SECOND_NANOS, this.bytesPerSecond) : 0;
	}

	void fill(int bucket) {
		this.fullAt[2 * bucket] = 0;
		this.fullAt[2 * bucket + 1] = 0;
	}

	/**
	 * @return when both will be full
	 */
	long fullAt(int bucket) {
		return Math.max(this.fullAt[2 * bucket], this.fullAt[2 * bucket + 1]);
	}

}
