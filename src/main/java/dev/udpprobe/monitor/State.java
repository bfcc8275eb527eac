package dev.udpprobe.monitor;

import dev.udpprobe.net.Labelled;

/**
 * What the monitor holds of a target.
 */
public enum State implements Labelled {

	/** No round has ended, or none can begin. */
	UNKNOWN,

	/** Its rounds pass. */
	UP,

	/** Its rounds fail. */
	DOWN,

	/** It has no rounds. */
	BY_HAND

}
