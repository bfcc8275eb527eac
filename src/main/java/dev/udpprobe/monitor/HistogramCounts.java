package dev.udpprobe.monitor;

import java.time.Duration;
import java.util.List;

/**
 * How many durations there were.
 *
 * @param bounds ascending
 * @param counts how many were longer than the bound before, and at most as long as this one; at the end, how many were longer than
 * all bounds
 * @param sumNanos of all together
 */
public record HistogramCounts(List<Duration> bounds, List<Long> counts, long sumNanos) {}
