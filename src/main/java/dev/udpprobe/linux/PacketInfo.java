package dev.udpprobe.linux;

import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.net.InetAddress;

import org.jspecify.annotations.Nullable;

import dev.udpprobe.net.Addresses;

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
	 * Whether a datagram was sent to a broadcast or multicast address, as far as its control
	 * messages tell. Of one of IPv4 the address to answer from, which the kernel chose, is
	 * then another.
	 */
	static boolean isSentToMany(Messages received, int message) {
		MemorySegment control = received.control();
		long info = find(received, message);
		if (info >= 0) {
			return control.get(JAVA_INT, info + SPEC_DST_AT) != control.get(JAVA_INT, info + ADDR_AT);
		}
		long info6 = find6(received, message);
		return info6 >= 0 && isMulticast(control, info6);
	}

	/** A socket of both families gets it for IPv4 beside the other one. */
	private static long find(Messages received, int message) {
		return ControlMessages.find(received, message, SocketOptions.IPPROTO_IP, IP_PKTINFO);
	}

	private static long find6(Messages received, int message) {
		return ControlMessages.find(received, message, SocketOptions.IPPROTO_IPV6, IPV6_PKTINFO);
	}

	/**
	 * Whether an IPv6 address is a multicast address (RFC 4291 2.7).
	 */
	static boolean isMulticast(MemorySegment memory, long address) {
		return memory.get(JAVA_BYTE, address) == (byte) 0xFF;
	}

	/**
	 * @return the address to answer from, or null if none is told
	 */
	static @Nullable InetAddress destination(Messages received, int message) {
		MemorySegment control = received.control();
		long info = find(received, message);
		if (info >= 0) {
			return Addresses.of(control.asSlice(info + SPEC_DST_AT, Integer.BYTES).toArray(JAVA_BYTE), 0);
		}
		long info6 = find6(received, message);
		if (info6 < 0) {
			return null;
		}
		return Addresses.of(control.asSlice(info6, 2 * Long.BYTES).toArray(JAVA_BYTE),
				isLinkLocal(control, info6) ? control.get(JAVA_INT, info6 + IFINDEX6_AT) : 0);
	}

	/**
	 * Whether two datagrams are to be answered from the same address, or of neither is one
	 * told.
	 */
	static boolean haveOneSource(Messages received, int one, int other) {
		// What else is told of them may differ, and mostly nothing else is.
		if (received.haveOneControl(one, other)) {
			return true;
		}
		MemorySegment control = received.control();
		long info = find(received, one);
		long otherInfo = find(received, other);
		if (info >= 0 && otherInfo >= 0) {
			return control.get(JAVA_INT, info + SPEC_DST_AT) == control.get(JAVA_INT, otherInfo + SPEC_DST_AT);
		}
		long info6 = find6(received, one);
		long otherInfo6 = find6(received, other);
		if (info >= 0 || otherInfo >= 0 || info6 < 0 || otherInfo6 < 0) {
			return info == otherInfo && info6 == otherInfo6;
		}
		return Messages.areEqual(control, info6, otherInfo6, IN6_PKTINFO.byteSize());
	}

	private static boolean isLinkLocal(MemorySegment control, long info6) {
		return control.get(JAVA_BYTE, info6) == (byte) 0xFE && (control.get(JAVA_BYTE, info6 + 1) & 0xC0) == 0x80;
	}

	/**
	 * Writes the control message by which an answer leaves from the address that a datagram
	 * was sent to, by whatever interface the routes say.
	 * @param answer where it is written, from {@code at} on
	 * @return its length; 0 if no address is told
	 */
	static long answer(Messages received, int message, MemorySegment answer, long at) {
		long info = find(received, message);
		if (info >= 0) {
			return answer4(received.control(), info, answer, at);
		}
		long info6 = find6(received, message);
		return (info6 >= 0) ? answer6(received.control(), info6, answer, at) : 0;
	}

	private static long answer4(MemorySegment received, long info, MemorySegment answer, long at) {
		long data = at + ControlMessages.CMSGHDR.byteSize();
		answer.set(JAVA_INT, data, 0);
		answer.set(JAVA_INT, data + SPEC_DST_AT, received.get(JAVA_INT, info + SPEC_DST_AT));
		answer.set(JAVA_INT, data + ADDR_AT, 0);
		return ControlMessages.put(answer, at, SocketOptions.IPPROTO_IP, IP_PKTINFO, IN_PKTINFO.byteSize());
	}

	/**
	 * A link-local address is one of its interface only.
	 */
	private static long answer6(MemorySegment received, long info6, MemorySegment answer, long at) {
		long data = at + ControlMessages.CMSGHDR.byteSize();
		answer.set(JAVA_LONG_UNALIGNED, data, received.get(JAVA_LONG_UNALIGNED, info6));
		answer.set(JAVA_LONG_UNALIGNED, data + Long.BYTES, received.get(JAVA_LONG_UNALIGNED, info6 + Long.BYTES));
		answer.set(JAVA_INT, data + IFINDEX6_AT,
				isLinkLocal(received, info6) ? received.get(JAVA_INT, info6 + IFINDEX6_AT) : 0);
		return ControlMessages.put(answer, at, SocketOptions.IPPROTO_IPV6, IPV6_PKTINFO, IN6_PKTINFO.byteSize());
	}

}
