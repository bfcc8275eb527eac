package dev.udpprobe.monitor;

import java.time.Instant;

/**
 * How the files of targets are. Safe for any number of threads.
 */
public interface TargetFiles {

	/**
	 * @return how many files are wrong now: those that cannot be read, or of which a target is left out
	 */
	int wrong();

	/**
	 * @return when the files were read, and none was wrong, for the last time; the start, if they never were
	 */
	Instant lastSuccess();

}
