package dev.udpprobe.linux;

import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteOrder;

import org.jspecify.annotations.Nullable;

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
	static @Nullable InetAddress address(MemorySegment sockaddrs, long at) {
		short family = sockaddrs.get(JAVA_SHORT, at);
		return (family == AF_INET || family == AF_INET6) ? socketAddress(sockaddrs, at).getAddress() : null;
	}

	/**
	 * @param at where the address of one of the two families starts
	 */
	static InetSocketAddress socketAddress(MemorySegment sockaddrs, long at) {
		PeerAddress peer = new PeerAddress();
		read(sockaddrs, at, peer);
		return peer.toSocketAddress();
	}

	/**
	 * Reads an address without making an object.
	 * @param at where the address of one of the two families starts
	 */
	static void read(MemorySegment sockaddrs, long at, PeerAddress into) {
		int port = Short.toUnsignedInt(sockaddrs.get(PORT, at + PORT_AT));
		if (sockaddrs.get(JAVA_SHORT, at) == AF_INET6) {
			into.set(sockaddrs.get(ADDRESS_PART, at + SIN6_ADDR_AT),
					sockaddrs.get(ADDRESS_PART, at + SIN6_ADDR_AT + Long.BYTES), port,
					sockaddrs.get(JAVA_INT, at + SCOPE_AT));
		}
		else {
			into.setIpv4(sockaddrs.get(IPV4_ADDRESS, at + SIN_ADDR_AT), port);
		}
	}

}
