package dev.udpprobe.linux;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.nio.channels.DatagramChannel;

import static java.lang.foreign.MemoryLayout.PathElement.groupElement;
import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

/**
 * The queue of what a socket has received and nobody has read yet: waiting for it, ending
 * it, and what did not get into it. A channel must not be closed meanwhile.
 */
public final class SocketQueue {

	/** {@code <asm-generic/socket.h>}; the same on x86-64 and aarch64. */
	private static final int SO_RCVTIMEO = 20;

	private static final int SO_SNDTIMEO = 21;

	private static final int SO_ATTACH_FILTER = 26;

	private static final int SO_MEMINFO = 55;

	/** {@code <linux/sock_diag.h>}. */
	static final int SK_MEMINFO_DROPS = 8;

	static final int SK_MEMINFO_VARS = 9;

	/** {@code <linux/bpf_common.h>}. */
	static final int BPF_RET = 0x06;

	/** {@code <sys/socket.h>}. */
	static final int SHUT_RD = 0;

	static final StructLayout TIMEVAL = MemoryLayout.structLayout(
			JAVA_LONG.withName("tv_sec"),
			JAVA_LONG.withName("tv_usec")).withName("timeval");

	/** {@code <linux/filter.h>}. */
	static final StructLayout SOCK_FILTER = MemoryLayout.structLayout(
			JAVA_SHORT.withName("code"),
			JAVA_BYTE.withName("jt"),
			JAVA_BYTE.withName("jf"),
			JAVA_INT.withName("k")).withName("sock_filter");

	static final StructLayout SOCK_FPROG = MemoryLayout.structLayout(
			JAVA_SHORT.withName("len"),
			MemoryLayout.paddingLayout(6),
			ADDRESS.withName("filter")).withName("sock_fprog");

	private SocketQueue() {}

	/**
	 * Limits how long a call waits for a datagram, and for room to send one
	 * ({@code socket(7)}).
	 * @param receiveNanos at least 1,000
	 * @param sendNanos at least 1,000
	 */
	public static void timeOuts(DatagramChannel channel, long receiveNanos, long sendNanos) throws IOException {
		try (Arena arena = Arena.ofConfined()) {
			MemorySegment time = arena.allocate(TIMEVAL);
			SocketOptions.set(channel, SocketOptions.SOL_SOCKET, SO_RCVTIMEO, timeval(time, receiveNanos));
			SocketOptions.set(channel, SocketOptions.SOL_SOCKET, SO_SNDTIMEO, timeval(time, sendNanos));
		}
	}

	private static MemorySegment timeval(MemorySegment time, long nanos) {
		time.set(JAVA_LONG, 0, nanos / 1_000_000_000);
		time.set(JAVA_LONG, Long.BYTES, nanos % 1_000_000_000 / 1_000);
		return time;
	}

	/**
	 * Has the kernel drop whatever comes from now on; what is queued stays. By a filter of
	 * one instruction, which takes nothing ({@code bpf(4)}).
	 */
	public static void close(DatagramChannel channel) throws IOException {
		try (Arena arena = Arena.ofConfined()) {
			MemorySegment instruction = arena.allocate(SOCK_FILTER);
			instruction.set(JAVA_SHORT, 0, (short) BPF_RET);
			MemorySegment program = arena.allocate(SOCK_FPROG);
			program.set(JAVA_SHORT, 0, (short) 1);
			program.set(ADDRESS, SOCK_FPROG.byteOffset(groupElement("filter")), instruction);
			SocketOptions.set(channel, SocketOptions.SOL_SOCKET, SO_ATTACH_FILTER, program);
		}
	}

	/**
	 * Connects a channel to its own address, from which nobody else sends. What is queued stays,
	 * and what comes from now on goes to another socket on the port.
	 */
	public static void connectToItself(DatagramChannel channel) throws IOException {
		try (Arena arena = Arena.ofConfined()) {
			MemorySegment errno = arena.allocate(SystemCalls.ERRNO);
			MemorySegment name = arena.allocate(SocketAddresses.SOCKADDR_IN6);
			MemorySegment length = arena.allocateFrom(JAVA_INT, (int) name.byteSize());
			int descriptor = Descriptor.of(channel);
			if (SystemCalls.getsockname(errno, descriptor, name, length) != 0
					|| SystemCalls.connect(errno, descriptor, name, length.get(JAVA_INT, 0)) != 0) {
				throw Errno.exception(SystemCalls.errno(errno));
			}
		}
	}

	/**
	 * Makes whoever waits for a datagram return at once. Of an unconnected socket the call
	 * says that it is not connected, and does so nevertheless.
	 */
	public static void shutDown(DatagramChannel channel) {
		SystemCalls.shutdown(Descriptor.of(channel), SHUT_RD);
	}

	/**
	 * @return the datagrams that the kernel has dropped instead of queueing them for this
	 * socket, modulo 2^32
	 */
	public static int drops(DatagramChannel channel) throws IOException {
		try (Arena arena = Arena.ofConfined()) {
			return SocketOptions
					.get(arena, channel, SocketOptions.SOL_SOCKET, SO_MEMINFO,
							arena.allocate(JAVA_INT, SK_MEMINFO_VARS))
					.getAtIndex(JAVA_INT, SK_MEMINFO_DROPS);
		}
	}

}
