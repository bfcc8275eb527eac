package dev.udpprobe.net;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * Which addresses of a name are taken.
 */
public enum IpVersion implements Labelled {

	/** The first one, in the order of the operating system (RFC 6724). */
	ANY,

	/** The first one of IPv4; if there is none, the first one. */
	PREFER_IPV4,

	/** The first one of IPv6; if there is none, the first one. */
	PREFER_IPV6,

	/** One of IPv4, or none. */
	IPV4,

	/** One of IPv6, or none. */
	IPV6;

	/**
	 * @param addresses in the order of the operating system
	 * @return the one to take
	 */
	public Optional<InetAddress> choose(List<InetAddress> addresses) {
		Optional<InetAddress> first = addresses.isEmpty() ? Optional.empty() : Optional.of(addresses.getFirst());
		return switch (this) {
			case ANY -> first;
			case PREFER_IPV4 -> first(addresses, false).or(() -> first);
			case PREFER_IPV6 -> first(addresses, true).or(() -> first);
			case IPV4 -> first(addresses, false);
			case IPV6 -> first(addresses, true);
		};
	}

	private static Optional<InetAddress> first(List<InetAddress> addresses, boolean ipv6) {
		return addresses.stream().filter((address) -> address instanceof Inet6Address == ipv6).findFirst();
	}

}
