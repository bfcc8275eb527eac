package dev.udpprobe.outcome;

import java.net.InetAddress;

import org.jspecify.annotations.Nullable;

/**
 * An ICMP error about a datagram.
 *
 * @param type as on the wire, 0 to 255; ICMPv6 has other numbers than ICMP
 * @param code as on the wire, 0 to 255
 * @param reporter who sent it: a host refuses, a router or firewall reports; null where the
 * kernel's detail is not available
 */
public record IcmpMessage(int type, int code, IcmpMeaning meaning, @Nullable InetAddress reporter) {

	/**
	 * What "connection refused" says without any detail: nothing else is told so.
	 */
	public static IcmpMessage refusal(boolean ipv6) {
		return new IcmpMessage(ipv6 ? 1 : 3, ipv6 ? 4 : 3, IcmpMeaning.PORT_UNREACHABLE, null);
	}

}
