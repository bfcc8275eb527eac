package dev.udpprobe.linux;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.DatagramChannel;
import java.util.stream.IntStream;

import static java.lang.foreign.ValueLayout.JAVA_INT;

/**
 * Socket options that the JDK does not have. A channel may be used by one thread at a time,
 * and must not be closed meanwhile.
 */
public final class SocketOptions {

	/** {@code <asm-generic/socket.h>}; the same on x86-64 and aarch64. */
	static final int SOL_SOCKET = 1;

	/** {@code <netinet/in.h>}. */
	static final int IPPROTO_IP = 0;

	static final int IPPROTO_IPV6 = 41;

	/** {@code <linux/in.h>}. */
	static final int IP_RECVERR = 11;

	static final int IP_TTL = 2;

	static final int IP_MTU_DISCOVER = 10;

	static final int IP_RECVTTL = 12;

	/** {@code <linux/in6.h>}. */
	static final int IPV6_RECVERR = 25;

	static final int IPV6_UNICAST_HOPS = 16;

	static final int IPV6_MTU_DISCOVER = 23;

	static final int IPV6_RECVHOPLIMIT = 51;

	static final int IPV6_HOPLIMIT = 52;

	/** Since Linux 4.15. */
	static final int IPV6_FREEBIND = 78;

	/** {@code <linux/udp.h>}. */
	static final int SOL_UDP = 17;

	static final int UDP_SEGMENT = 103;

	/** Do not fragment, and do not mind what was learnt of the path: for both families. */
	static final int IP_PMTUDISC_PROBE = 3;

	/** Each value that any option takes here, so that setting one allocates nothing. */
	private static final MemorySegment VALUES = Arena.global().allocateFrom(JAVA_INT,
			IntStream.rangeClosed(0, Timestamps.FLAGS).toArray());

	private SocketOptions() {}

	/**
	 * Has the kernel queue what ICMP reports about this socket's datagrams ({@code ip(7)},
	 * {@code ipv6(7)}, IP_RECVERR).
	 * @param ipv6 the channel's own family
	 */
	public static void reportErrors(DatagramChannel channel, boolean ipv6) throws IOException {
		set(channel, ipv6, IP_RECVERR, IPV6_RECVERR, 1);
	}

	/**
	 * The same for a channel of either family or both.
	 */
	public static void reportErrors(DatagramChannel channel) throws IOException {
		// A socket of IPv4 does not take it; one of both families needs both.
		takes(channel, IPPROTO_IPV6, IPV6_RECVERR, 1);
		set(channel, IPPROTO_IP, IP_RECVERR, 1);
	}

	/**
	 * Has the kernel take the time of each datagram that leaves and arrives.
	 */
	public static void timestamp(DatagramChannel channel) throws IOException {
		set(channel, SOL_SOCKET, Timestamps.SO_TIMESTAMPING, Timestamps.FLAGS);
	}

	/**
	 * Has the kernel count this socket's datagrams from 0 again. It also counts those that a
	 * firewall or a full queue drops, which {@code send(2)} says were not sent; and older
	 * kernels those that failed before.
	 */
	public static void restartCount(DatagramChannel channel) throws IOException {
		set(channel, SOL_SOCKET, Timestamps.SO_TIMESTAMPING, Timestamps.UNCOUNTED);
		timestamp(channel);
	}

	/**
	 * Sets how many hops a datagram may go: the TTL of IPv4, the hop limit of IPv6.
	 * @param hops 1 to 255
	 */
	public static void hopLimit(DatagramChannel channel, boolean ipv6, int hops) throws IOException {
		set(channel, ipv6, IP_TTL, IPV6_UNICAST_HOPS, hops);
	}

	/**
	 * Has datagrams neither fragmented nor held back because of an MTU learnt earlier.
	 */
	public static void probeMtu(DatagramChannel channel, boolean ipv6) throws IOException {
		set(channel, ipv6, IP_MTU_DISCOVER, IPV6_MTU_DISCOVER, IP_PMTUDISC_PROBE);
	}

	/**
	 * Has the kernel tell which address each datagram was sent to, and lets an answer leave
	 * from there: IPv6 takes an address that is local by a route alone for a foreign one.
	 */
	public static void reportDestinations(DatagramChannel channel) throws IOException {
		// A socket of IPv4 takes neither.
		takes(channel, IPPROTO_IPV6, PacketInfo.IPV6_RECVPKTINFO, 1);
		takes(channel, IPPROTO_IPV6, IPV6_FREEBIND, 1);
		set(channel, IPPROTO_IP, PacketInfo.IP_PKTINFO, 1);
	}

	/**
	 * Has the kernel tell when each datagram came, and how many hops it might still have
	 * gone ({@code ip(7)}, IP_RECVTTL; {@code ipv6(7)}, IPV6_RECVHOPLIMIT).
	 */
	public static void reportTimesAndHops(DatagramChannel channel) throws IOException {
		set(channel, SOL_SOCKET, Timestamps.SO_TIMESTAMPING, Timestamps.RECEIVED);
		takes(channel, IPPROTO_IPV6, IPV6_RECVHOPLIMIT, 1);
		set(channel, IPPROTO_IP, IP_RECVTTL, 1);
	}

	/**
	 * Whether one call may send many datagrams of one length to one peer ({@code udp(7)},
	 * UDP_SEGMENT).
	 */
	public static boolean segments(DatagramChannel channel) {
		return takes(channel, SOL_UDP, UDP_SEGMENT, 0);
	}

	static MemorySegment get(Arena arena, DatagramChannel channel, int level, int option, MemorySegment value)
			throws IOException {
		MemorySegment errno = arena.allocate(SystemCalls.ERRNO);
		if (SystemCalls.getsockopt(errno, Descriptor.of(channel), level, option, value,
				arena.allocateFrom(JAVA_INT, (int) value.byteSize())) != 0) {
			throw Errno.exception(SystemCalls.errno(errno));
		}
		return value;
	}

	private static void set(DatagramChannel channel, boolean ipv6, int ipv4Option, int ipv6Option, int value)
			throws IOException {
		set(channel, ipv6 ? IPPROTO_IPV6 : IPPROTO_IP, ipv6 ? ipv6Option : ipv4Option, value);
	}

	private static void set(DatagramChannel channel, int level, int option, int value) throws IOException {
		if (!takes(channel, level, option, value)) {
			throw new IOException("this kernel does not take %d for the socket option %d of level %d".formatted(value,
					option, level));
		}
	}

	static void set(DatagramChannel channel, int level, int option, MemorySegment value) throws IOException {
		if (SystemCalls.setsockopt(Descriptor.of(channel), level, option, value) != 0) {
			throw new IOException(
					"this kernel does not take the socket option %d of level %d".formatted(option, level));
		}
	}

	private static boolean takes(DatagramChannel channel, int level, int option, int value) {
		return SystemCalls.setsockopt(Descriptor.of(channel), level, option,
				VALUES.asSlice((long) value * Integer.BYTES, Integer.BYTES)) == 0;
	}

}
