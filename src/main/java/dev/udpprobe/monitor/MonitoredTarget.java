package dev.udpprobe.monitor;

import java.time.Instant;
import java.util.List;

/**
 * A target, and what the monitor holds of it. Safe for any number of threads.
 */
public interface MonitoredTarget {

	TargetSpec spec();

	/**
	 * @return how it is now
	 */
	TargetStatus status();

	/**
	 * @return its state alone
	 */
	State state();

	/**
	 * @param max how many at most
	 * @return the last rounds of those that began after a time, in their order
	 */
	List<TargetHistory.PastRound> rounds(Instant after, int max);

	/**
	 * @return what is remembered of it
	 */
	TargetHistory history();

}
