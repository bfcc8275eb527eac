package dev.udpprobe.linux;

import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteOrder;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import dev.udpprobe.net.Addresses;
import dev.udpprobe.net.PeerAddress;

import static java.lang.foreign.MemoryLayout.PathElement.groupElement;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

/**
 * {@code struct sockaddr_in} and {@code struct sockaddr_in6} of {@code <netinet/in.h>}.
 */
final class SocketAddresses {

	static final StructLayout SOCKADDR_IN = MemoryLayout.structLayout(
			JAVA_SHORT.withName("sin_family"),
			JAVA_SHORT.withName("sin_port"),
			MemoryLayout.sequenceLayout(4, JAVA_BYTE).withName("sin_addr"),
			MemoryLayout.paddingLayout(8)).withName("sockaddr_in");

	static final StructLayout SOCKADDR_IN6 = MemoryLayout.structLayout(
			JAVA_SHORT.withName("sin6_family"),
			JAVA_SHORT.withName("sin6_port"),
			JAVA_INT.withName("sin6_flowinfo"),
			MemoryLayout.sequenceLayout(16, JAVA_BYTE).withName("sin6_addr"),
			JAVA_INT.withName("sin6_scope_id")).withName("sockaddr_in6");

	/** {@code <bits/socket.h>}. */
	private static final int AF_INET = 2;

	private static final int AF_INET6 = 10;

	private static final ValueLayout.OfShort PORT = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

	private static final long PORT_AT = SOCKADDR_IN.byteOffset(groupElement("sin_port"));

	private static final long SCOPE_AT = SOCKADDR_IN6.byteOffset(groupElement("sin6_scope_id"));

	private static final long SIN_ADDR_AT = SOCKADDR_IN.byteOffset(groupElement("sin_addr"));

	private static final long SIN6_ADDR_AT = SOCKADDR_IN6.byteOffset(groupElement("sin6_addr"));

	private static final ValueLayout.OfLong ADDRESS_PART = ValueLayout.JAVA_LONG_UNALIGNED
			.withOrder(ByteOrder.BIG_ENDIAN);

	private static final ValueLayout.OfInt IPV4_ADDRESS = JAVA_INT.withOrder(ByteOrder.BIG_ENDIAN);

	private SocketAddresses() {}

	/**
	 * @return the address, or null if there is none
	 */
	static @Nullable InetAddress address(MemorySegment sockaddr) {
		return switch (sockaddr.get(JAVA_SHORT, 0)) {
			case AF_INET -> Addresses.of(bytes(sockaddr, SOCKADDR_IN, "sin_addr"), 0);
			case AF_INET6 -> Addresses.of(bytes(sockaddr, SOCKADDR_IN6, "sin6_addr"), sockaddr.get(JAVA_INT, SCOPE_AT));
			default -> null;
		};
	}

	/**
	 * @param sockaddr of one of the two families
	 */
	static InetSocketAddress socketAddress(MemorySegment sockaddr) {
		return new InetSocketAddress(Objects.requireNonNull(address(sockaddr)),
				port(sockaddr, 0));
	}

	/**
	 * Reads an address without making an object.
	 * @param at where the address of one of the two families starts
	 */
	static void read(MemorySegment sockaddrs, long at, PeerAddress into) {
		if (isIpv6(sockaddrs, at)) {
			into.set(sockaddrs.get(ADDRESS_PART, at + SIN6_ADDR_AT),
					sockaddrs.get(ADDRESS_PART, at + SIN6_ADDR_AT + Long.BYTES), port(sockaddrs, at),
					sockaddrs.get(JAVA_INT, at + SCOPE_AT));
		}
		else {
			into.setIpv4(sockaddrs.get(IPV4_ADDRESS, at + SIN_ADDR_AT), port(sockaddrs, at));
		}
	}

	private static int port(MemorySegment sockaddrs, long at) {
		return Short.toUnsignedInt(sockaddrs.get(PORT, at + PORT_AT));
	}

	private static boolean isIpv6(MemorySegment sockaddrs, long at) {
		return sockaddrs.get(JAVA_SHORT, at) == AF_INET6;
	}

	private static byte[] bytes(MemorySegment sockaddr, StructLayout layout, String field) {
		return sockaddr.asSlice(layout.byteOffset(groupElement(field)), layout.select(groupElement(field)).byteSize())
				.toArray(JAVA_BYTE);
	}

}
