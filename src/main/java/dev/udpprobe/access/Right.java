package dev.udpprobe.access;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What somebody may do. None includes another.
 */
public enum Right {

	/**
	 * To look: at targets, probes, peers, the page and the metrics.
	 */
	VIEW,

	/**
	 * To have datagrams sent.
	 */
	ASK,

	/**
	 * To change something of the service.
	 */
	MANAGE;

	/**
	 * What {@link #of(String)} takes, for messages.
	 */
	public static final String TAKES = Arrays.stream(values()).map(Right::label).collect(Collectors.joining(", "));

	/**
	 * @return its name in files and answers
	 */
	public String label() {
		return name().toLowerCase(Locale.ROOT);
	}

	/**
	 * @throws IllegalArgumentException with a sentence that says what it takes
	 */
	public static Right of(String label) {
		return Arrays.stream(values()).filter((right) -> right.label().equals(label)).findFirst().orElseThrow(
				() -> new IllegalArgumentException("'%s' is no right; it takes %s".formatted(label, TAKES)));
	}

}
