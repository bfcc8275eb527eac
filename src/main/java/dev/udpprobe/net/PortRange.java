package dev.udpprobe.net;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Ports from the first to the last, both included.
 *
 * @param first 1 to 65535
 * @param last from {@code first} to 65535
 */
public record PortRange(int first, int last) {

	/**
	 * What {@link #of(String)} takes, for messages.
	 */
	public static final String TAKES = "a port or a range from-to, within 1 to 65535";

	private static final Pattern SYNTAX = Pattern.compile("(\\d{1,5})(?:-(\\d{1,5}))?");

	public static final PortRange ALL = new PortRange(1, 65_535);

	public PortRange {
		if (first < 1 || last > 65_535 || first > last) {
			throw new IllegalArgumentException(
					"ports %d-%d are not a range within 1 to 65535".formatted(first, last));
		}
	}

	/**
	 * The range of one port. The type is the one that a number in a configuration file has.
	 */
	public static PortRange of(Integer port) {
		return new PortRange(port, port);
	}

	/**
	 * @param text a port, or the first and the last one with a hyphen between
	 * @throws IllegalArgumentException with a sentence that says what is wrong
	 */
	public static PortRange of(String text) {
		Matcher matcher = SYNTAX.matcher(text);
		if (!matcher.matches()) {
			throw new IllegalArgumentException("'%s' is not %s".formatted(text, TAKES));
		}
		int first = Integer.parseInt(matcher.group(1));
		return new PortRange(first, (matcher.group(2) != null) ? Integer.parseInt(matcher.group(2)) : first);
	}

	public boolean contains(int port) {
		return this.first <= port && port <= this.last;
	}

}
