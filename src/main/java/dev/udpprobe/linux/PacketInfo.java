package dev.udpprobe.linux;

import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;

import org.jspecify.annotations.Nullable;

import static java.lang.foreign.MemoryLayout.PathElement.groupElement;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

/**
 * Which address a datagram was sent to, and an answer is to be sent from:
 * {@code struct in_pktinfo} of {@code <bits/in.h>}, see {@code ip(7)}, IP_PKTINFO, and
 * {@code struct in6_pktinfo} of {@code <netinet/in.h>}, RFC 3542 6.
 */
final class PacketInfo {

	static final StructLayout IN_PKTINFO = MemoryLayout.structLayout(
			JAVA_INT.withName("ipi_ifindex"),
			JAVA_INT.withName("ipi_spec_dst"),
			JAVA_INT.withName("ipi_addr")).withName("in_pktinfo");

	static final StructLayout IN6_PKTINFO = MemoryLayout.structLayout(
			MemoryLayout.sequenceLayout(16, JAVA_BYTE).withName("ipi6_addr"),
			JAVA_INT.withName("ipi6_ifindex")).withName("in6_pktinfo");

	/** {@code <bits/in.h>}; as a control message it has the option's number. */
	static final int IP_PKTINFO = 8;

	static final int IPV6_RECVPKTINFO = 49;

	static final int IPV6_PKTINFO = 50;

	private static final long SPEC_DST_AT = IN_PKTINFO.byteOffset(groupElement("ipi_spec_dst"));

	private static final long ADDR_AT = IN_PKTINFO.byteOffset(groupElement("ipi_addr"));

	private static final long IFINDEX6_AT = IN6_PKTINFO.byteOffset(groupElement("ipi6_ifindex"));

	private PacketInfo() {}

	/**
	 * @return where {@code struct in_pktinfo} starts, or -1. A socket of both families gets
	 * it for IPv4 beside the other one
	 */
	static long find(MemorySegment control, long from, long length) {
		return ControlMessages.find(control, from, length, SocketOptions.IPPROTO_IP, IP_PKTINFO);
	}

	/**
	 * @return where {@code struct in6_pktinfo} starts, or -1
	 */
	static long find6(MemorySegment control, long from, long length) {
		return ControlMessages.find(control, from, length, SocketOptions.IPPROTO_IPV6, IPV6_PKTINFO);
	}

	/**
	 * Whether an IPv4 datagram was sent to a broadcast or multicast address: then the
	 * address to answer from, which the kernel chose, is another.
	 */
	static boolean isSentToMany(MemorySegment control, long info) {
		return control.get(JAVA_INT, info + SPEC_DST_AT) != control.get(JAVA_INT, info + ADDR_AT);
	}

	/**
	 * Whether an IPv6 datagram was sent to a multicast address (RFC 4291 2.7).
	 */
	static boolean isSentToMany6(MemorySegment control, long info6) {
		return control.get(JAVA_BYTE, info6) == (byte) 0xFF;
	}

	/**
	 * @return the address to answer from
	 */
	static InetAddress address(MemorySegment control, long info) {
		return address(control.asSlice(info + SPEC_DST_AT, Integer.BYTES), 0);
	}

	/**
	 * @param info6 -1 for none
	 */
	static @Nullable InetAddress address6(MemorySegment control, long info6) {
		if (info6 < 0) {
			return null;
		}
		return address(control.asSlice(info6, 2 * Long.BYTES),
				isLinkLocal(control, info6) ? control.get(JAVA_INT, info6 + IFINDEX6_AT) : 0);
	}

	private static boolean isLinkLocal(MemorySegment control, long info6) {
		return control.get(JAVA_BYTE, info6) == (byte) 0xFE && (control.get(JAVA_BYTE, info6 + 1) & 0xC0) == 0x80;
	}

	private static InetAddress address(MemorySegment bytes, int scope) {
		byte[] address = bytes.toArray(JAVA_BYTE);
		try {
			return (scope == 0)
					? InetAddress.getByAddress(address)
					: Inet6Address.getByAddress(null, address, scope);
		}
		catch (UnknownHostException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Writes the control message by which an IPv4 datagram leaves from that address, by
	 * whatever interface the routes say.
	 * @return its length
	 */
	static long answer(MemorySegment received, long info, MemorySegment control, long at) {
		long data = at + ControlMessages.CMSGHDR.byteSize();
		control.set(JAVA_INT, data, 0);
		control.set(JAVA_INT, data + SPEC_DST_AT, received.get(JAVA_INT, info + SPEC_DST_AT));
		control.set(JAVA_INT, data + ADDR_AT, 0);
		return ControlMessages.put(control, at, SocketOptions.IPPROTO_IP, IP_PKTINFO, IN_PKTINFO.byteSize());
	}

	/**
	 * The same for IPv6, where a link-local address is one of its interface only.
	 */
	static long answer6(MemorySegment received, long info6, MemorySegment control, long at) {
		long data = at + ControlMessages.CMSGHDR.byteSize();
		control.set(JAVA_LONG_UNALIGNED, data, received.get(JAVA_LONG_UNALIGNED, info6));
		control.set(JAVA_LONG_UNALIGNED, data + Long.BYTES, received.get(JAVA_LONG_UNALIGNED, info6 + Long.BYTES));
		control.set(JAVA_INT, data + IFINDEX6_AT,
				isLinkLocal(received, info6) ? received.get(JAVA_INT, info6 + IFINDEX6_AT) : 0);
		return ControlMessages.put(control, at, SocketOptions.IPPROTO_IPV6, IPV6_PKTINFO, IN6_PKTINFO.byteSize());
	}

}
