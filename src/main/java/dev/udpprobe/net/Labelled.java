package dev.udpprobe.net;

import java.util.Locale;

/**
 * An enum whose constants have names in answers, metrics and logs: {@code TIMED_OUT} is
 * {@code timed-out}.
 */
public interface Labelled {

	/**
	 * @return the constant's name, which every enum has
	 */
	String name();

	default String label() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

}
