package dev.udpprobe.net;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A host, by name or address, and a port, as in {@code dns.example:53} or
 * {@code [2001:db8::1]:53}.
 *
 * @param host a DNS name or an address literal, without brackets
 * @param port 1 to 65535
 */
public record HostAndPort(String host, int port) {

	/**
	 * What {@link #of(String)} takes, for messages.
	 */
	public static final String TAKES = "host:port or [IPv6 address]:port, with a port from 1 to 65535";

	private static final Pattern SYNTAX = Pattern.compile("(?:\\[([^\\[\\]]+)]|([^:\\[\\]]+)):(\\d{1,5})");

	static final Pattern NAME = Pattern
			.compile("(?=.{1,253}$)(?:[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?\\.)*"
					+ "(?=[^.]*[A-Za-z_])(?!0[xX])[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?\\.?");

	public HostAndPort {
		if (!PortRange.ALL.contains(port)) {
			throw new IllegalArgumentException("port %d is outside 1 to 65535".formatted(port));
		}
		if (Addresses.literal(host).isEmpty() && !NAME.matcher(host).matches()) {
			throw new IllegalArgumentException("'%s' is neither an IP address nor a host name".formatted(host));
		}
	}

	/**
	 * @throws IllegalArgumentException with a sentence that says what is wrong
	 */
	public static HostAndPort of(String text) {
		Matcher matcher = SYNTAX.matcher(text);
		if (!matcher.matches()) {
			throw new IllegalArgumentException("'%s' is not %s".formatted(text, TAKES));
		}
		String bracketed = matcher.group(1);
		String host = (bracketed != null) ? bracketed : matcher.group(2);
		if (bracketed != null && !bracketed.contains(":")) {
			throw new IllegalArgumentException("'[%s]' is not an IPv6 address".formatted(bracketed));
		}
		return new HostAndPort(host, Integer.parseInt(matcher.group(3)));
	}

	/**
	 * @param port where the text has none, so that it may be an address without brackets; 0 if it has to have one
	 * @throws IllegalArgumentException with a sentence that says what is wrong
	 */
	public static HostAndPort of(String text, int port) {
		// First, because to look for an address in what has a port costs an exception.
		if (port == 0 || SYNTAX.matcher(text).matches()) {
			return of(text);
		}
		boolean bracketed = text.startsWith("[") && text.endsWith("]");
		String host = bracketed ? text.substring(1, text.length() - 1) : text;
		boolean alone = Addresses.literal(host).isPresent() || (!bracketed && NAME.matcher(text).matches());
		return alone ? new HostAndPort(host, port) : of(text);
	}

	@Override
	public String toString() {
		return AddressText.of(this.host, this.port);
	}

}
