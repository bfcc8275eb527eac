package dev.udpprobe.probe;

import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * What round trips are like. Nanoseconds; each but the mean is one that was measured (nearest rank).
 */
public record RoundTrips(long min, double mean, long median, long p95, long p99, long max) {

	/**
	 * @param nanos in any order; sorted by this
	 * @return null if there are none
	 */
	public static @Nullable RoundTrips of(long[] nanos) {
		if (nanos.length == 0) {
			return null;
		}
		Arrays.sort(nanos);
		return new RoundTrips(nanos[0], Arrays.stream(nanos).average().orElseThrow(), percentile(nanos, 50),
				percentile(nanos, 95), percentile(nanos, 99), nanos[nanos.length - 1]);
	}

	private static long percentile(long[] sorted, int percent) {
		return sorted[(int) (((long) percent * sorted.length + 99) / 100 - 1)];
	}

}
