package dev.udpprobe.net;

import java.util.Locale;

/**
 * An enum whose constants have names in answers, metrics and logs: {@code TIMED_OUT} is
 * {@code timed-out}.
 */
public interface Labelled {

	/**
	 * The constant's own.
	 */
	String name();

	default String label() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

}
