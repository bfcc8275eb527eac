package dev.udpprobe.monitor;

import org.jspecify.annotations.Nullable;

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
	 * @param told up to where somebody was told of them; null if nobody was
	 * @param max how many are told at the most
	 * @return the rounds since then, of which the last ones
	 */
	TargetHistory.NewRounds roundsSince(TargetHistory.@Nullable Mark told, int max);

	/**
	 * @return what is remembered of it
	 */
	TargetHistory history();

}
