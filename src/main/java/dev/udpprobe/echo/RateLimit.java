package dev.udpprobe.echo;

/**
 * How much is answered in a second.
 *
 * @param datagramsPerSecond 1 to {@link #MAX_DATAGRAMS}, or 0 for no limit
 * @param bytesPerSecond of replies' payload: 1 to {@link #MAX_BYTES}, or 0 for no limit
 */
public record RateLimit(int datagramsPerSecond, long bytesPerSecond) {

	/** With more, a nanosecond would be too coarse to count in. */
	public static final int MAX_DATAGRAMS = 10_000_000;

	/** With more, a nanosecond would be too coarse to count in. */
	public static final long MAX_BYTES = 10L << 30;

	public static final RateLimit NONE = new RateLimit(0, 0);

	public RateLimit {
		if (datagramsPerSecond < 0 || datagramsPerSecond > MAX_DATAGRAMS || bytesPerSecond < 0
				|| bytesPerSecond > MAX_BYTES) {
			throw new IllegalArgumentException("%d datagrams and %d bytes per second are no limit"
					.formatted(datagramsPerSecond, bytesPerSecond));
		}
	}

	boolean isNone() {
		return this.datagramsPerSecond == 0 && this.bytesPerSecond == 0;
	}

}
