package dev.udpprobe.net;

import java.net.Inet6Address;
import java.net.InetAddress;

/**
 * How long the payload of a datagram may be, and what IP and UDP put before it. All numbers
 * are bytes.
 */
public final class PayloadLimits {

	/** RFC 768. */
	private static final int UDP_HEADER = 8;

	/** RFC 791, without options, and RFC 768. */
	public static final int IPV4_HEADERS = 20 + UDP_HEADER;

	/** RFC 8200, without extensions, and RFC 768. */
	public static final int IPV6_HEADERS = 40 + UDP_HEADER;

	/** The 16-bit total length of RFC 791 less the headers. */
	public static final int MAX_IPV4 = 65_535 - IPV4_HEADERS;

	/** The 16-bit payload length of RFC 8200 less the header of UDP; jumbograms aside. */
	public static final int MAX_IPV6 = 65_535 - UDP_HEADER;

	/** A buffer of this length takes every datagram whole. */
	public static final int BUFFER = 1 << 16;

	private PayloadLimits() {}

	/**
	 * @return the longest payload that can be sent to the address
	 */
	public static int max(InetAddress address) {
		return (address instanceof Inet6Address) ? MAX_IPV6 : MAX_IPV4;
	}

	/**
	 * @return the length of the headers in a packet to the address
	 */
	public static int headers(InetAddress address) {
		return (address instanceof Inet6Address) ? IPV6_HEADERS : IPV4_HEADERS;
	}

}
