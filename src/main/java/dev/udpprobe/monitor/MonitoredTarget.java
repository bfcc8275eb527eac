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
	 * @return what is remembered of it
	 */
	TargetHistory history();

}
