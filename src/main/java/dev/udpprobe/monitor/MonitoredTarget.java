package dev.udpprobe.monitor;

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
	 * @param told how many rounds there had been when somebody was told of them; 0 if nobody was
	 * @param max how many are told at the most
	 * @return the rounds since then, of which the last ones
	 */
	TargetHistory.NewRounds roundsSince(long told, int max);

	/**
	 * @return what is remembered of it
	 */
	TargetHistory history();

}
