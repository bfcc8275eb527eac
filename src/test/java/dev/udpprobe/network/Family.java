package dev.udpprobe.network;

import java.util.Locale;

/**
 * A version of IP, and what depends on it.
 */
enum Family {

	IPV4("10.0.%d.%d", "10.0.%d.0/24", 24, "ip", "ipv4", "icmp"), IPV6("fd00:%d::%d", "fd00:%d::/64", 64, "ip6", "ipv6",
			"icmpv6");

	private final String address;

	private final String network;

	private final int prefix;

	private final String header;

	private final String protocol;

	private final String icmp;

	Family(String address, String network, int prefix, String header, String protocol, String icmp) {
		this.address = address;
		this.network = network;
		this.prefix = prefix;
		this.header = header;
		this.protocol = protocol;
		this.icmp = icmp;
	}

	String address(int network, int host) {
		return String.format(Locale.ROOT, this.address, network, host);
	}

	String address(Place place) {
		return address(place.network(), place.host());
	}

	/**
	 * @return an address as interfaces have it
	 */
	String inNetwork(int network, int host) {
		return address(network, host) + "/" + this.prefix;
	}

	String network(int network) {
		return String.format(Locale.ROOT, this.network, network);
	}

	/**
	 * @return a target as requests have it
	 */
	String target(Place place, int port) {
		return ((this == IPV6) ? "[%s]:%d" : "%s:%d").formatted(address(place), port);
	}

	/**
	 * @return the name of this family's header in nftables
	 */
	String header() {
		return this.header;
	}

	/**
	 * @return this family's own name in nftables
	 */
	String protocol() {
		return this.protocol;
	}

	/**
	 * @return the name of this family's ICMP in nftables
	 */
	String icmp() {
		return this.icmp;
	}

}
