package dev.udpprobe.monitor;

import dev.udpprobe.net.Labelled;

/**
 * How a round came to be. Each is one of these.
 */
public enum RoundResult implements Labelled {

	/** It began in its time. */
	ON_TIME,

	/** It began later than a tenth of the interval, or 100 ms. */
	LATE,

	/** It never began, or what came of it says nothing: the process had slept, or too much was in flight. */
	SKIPPED

}
