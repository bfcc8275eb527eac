package dev.udpprobe.net;

import java.net.Inet6Address;
import java.net.InetAddress;

/**
 * How long a datagram's payload may be.
 */
public final class LongestPayload {

	/**
	 * IPv4: the 16-bit total length (RFC 791) less 20 bytes of IP header and 8 of UDP
	 * header.
	 */
	public static final int IPV4 = 65_507;

	/**
	 * IPv6: the 16-bit payload length (RFC 8200) less 8 bytes of UDP header; jumbograms
	 * aside.
	 */
	public static final int IPV6 = 65_527;

	private LongestPayload() {}

	public static int to(InetAddress address) {
		return (address instanceof Inet6Address) ? IPV6 : IPV4;
	}

}
