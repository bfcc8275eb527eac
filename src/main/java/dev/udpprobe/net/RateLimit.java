package dev.udpprobe.net;

/**
 * How much may be sent in a second.
 *
 * @param datagramsPerSecond 1 to 10 million, or 0 for no limit
 * @param bytesPerSecond of payload: 1 to 10 GiB, or 0 for no limit
 */
public record RateLimit(int datagramsPerSecond, long bytesPerSecond) {

	/** With more, a nanosecond would be too coarse to count in. */
	public static final int MAX_DATAGRAMS = 10_000_000;

	/** With more, a nanosecond would be too coarse to count in. */
	private static final long MAX_BYTES = 10L << 30;

	public static final RateLimit NONE = new RateLimit(0, 0);

	/**
	 * @throws IllegalArgumentException with a sentence that starts with how the wrong number is
	 * called in the configuration, less its prefix
	 */
	public RateLimit {
		check("datagrams-per-second", datagramsPerSecond, MAX_DATAGRAMS);
		check("bytes-per-second (bytes)", bytesPerSecond, MAX_BYTES);
	}

	private static void check(String name, long value, long max) {
		if (value < 0 || value > max) {
			throw new IllegalArgumentException("%s is '%d'; it takes 0 to %d".formatted(name, value, max));
		}
	}

	public boolean isNone() {
		return this.datagramsPerSecond == 0 && this.bytesPerSecond == 0;
	}

}
