package dev.udpprobe.net;

import java.util.Locale;

/**
 * A host name, or all names under one.
 *
 * @param name in lower case, without a dot at its end
 * @param below whether the names under it are meant, and not itself
 */
public record HostRule(String name, boolean below) {

	/**
	 * What {@link #of(String)} takes, for messages.
	 */
	public static final String TAKES = "a host name, or *. and a host name for all names under it, without a port";

	private static final String BELOW = "*.";

	/**
	 * @throws IllegalArgumentException with a sentence that says what is wrong
	 */
	public static HostRule of(String text) {
		boolean below = text.startsWith(BELOW);
		String name = below ? text.substring(BELOW.length()) : text;
		if (!HostAndPort.NAME.matcher(name).matches()) {
			throw new IllegalArgumentException("'%s' is not %s".formatted(text, TAKES));
		}
		return new HostRule((name.endsWith(".") ? name.substring(0, name.length() - 1) : name).toLowerCase(Locale.ROOT),
				below);
	}

	/**
	 * @param host in lower case, without a dot at its end
	 */
	public boolean matches(String host) {
		return this.below ? host.endsWith("." + this.name) : host.equals(this.name);
	}

}
