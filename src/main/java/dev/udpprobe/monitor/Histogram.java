package dev.udpprobe.monitor;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * Durations, counted by how long they are. Safe for any number of threads.
 */
final class Histogram {

	private final List<Duration> bounds;

	private final long[] counts;

	private long sumNanos;

	/**
	 * @param bounds ascending
	 */
	Histogram(List<Duration> bounds) {
		this.bounds = bounds;
		this.counts = new long[bounds.size() + 1];
	}

	/**
	 * @param nanos less than nothing is nothing
	 */
	synchronized void add(long nanos) {
		int bucket = 0;
		while (bucket < this.bounds.size() && nanos > this.bounds.get(bucket).toNanos()) {
			bucket++;
		}
		this.counts[bucket]++;
		this.sumNanos += Math.max(0, nanos);
	}

	synchronized HistogramCounts counts() {
		return new HistogramCounts(this.bounds, Arrays.stream(this.counts).boxed().toList(), this.sumNanos);
	}

}
