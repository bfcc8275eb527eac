package dev.udpprobe.linux;

import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.StructLayout;

import static java.lang.foreign.MemoryLayout.PathElement.groupElement;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

/**
 * An array of {@code struct mmsghdr} of {@code <bits/socket.h>}, each with entries of its own
 * in an array of {@code struct iovec}: what {@code recvmmsg(2)} fills and {@code sendmmsg(2)}
 * sends.
 */
final class Messages {

	static final StructLayout MMSGHDR = MemoryLayout.structLayout(
			Message.MSGHDR.withName("msg_hdr"),
			JAVA_INT.withName("msg_len"),
			MemoryLayout.paddingLayout(4)).withName("mmsghdr");

	static final long SIZE = MMSGHDR.byteSize();

	private static final long NAME = offset("msg_name");

	private static final long NAMELEN = offset("msg_namelen");

	private static final long IOV = offset("msg_iov");

	private static final long IOVLEN = offset("msg_iovlen");

	private static final long CONTROL = offset("msg_control");

	private static final long CONTROLLEN = offset("msg_controllen");

	private static final long LEN = MMSGHDR.byteOffset(groupElement("msg_len"));

	private static final long IOVEC_SIZE = Message.IOVEC.byteSize();

	private static final long IOVEC_LEN = Message.IOVEC.byteOffset(groupElement("iov_len"));

	private final MemorySegment headers;

	private final MemorySegment vectors;

	private final long vectorsAddress;

	Messages(SegmentAllocator memory, int count) {
		this.headers = memory.allocate(MMSGHDR, count);
		this.vectors = memory.allocate(Message.IOVEC, count);
		this.vectorsAddress = this.vectors.address();
	}

	private static long offset(String field) {
		return MMSGHDR.byteOffset(groupElement("msg_hdr"), groupElement(field));
	}

	/**
	 * @return those from this one on
	 */
	MemorySegment from(int message) {
		return (message == 0) ? this.headers : this.headers.asSlice(message * SIZE);
	}

	/**
	 * @param address where the name is or goes; 0 for none
	 */
	void name(int message, long address, int length) {
		this.headers.set(JAVA_LONG, message * SIZE + NAME, address);
		nameLength(message, length);
	}

	void nameLength(int message, int length) {
		this.headers.set(JAVA_INT, message * SIZE + NAMELEN, length);
	}

	int nameLength(int message) {
		return this.headers.get(JAVA_INT, message * SIZE + NAMELEN);
	}

	/**
	 * @param address where the control messages are or go; 0 for none
	 */
	void control(int message, long address, long length) {
		this.headers.set(JAVA_LONG, message * SIZE + CONTROL, address);
		controlLength(message, length);
	}

	void controlLength(int message, long length) {
		this.headers.set(JAVA_LONG, message * SIZE + CONTROLLEN, length);
	}

	long controlLength(int message) {
		return this.headers.get(JAVA_LONG, message * SIZE + CONTROLLEN);
	}

	/**
	 * Gives a message the lengths of what another one has received.
	 */
	void copyLengths(int from, int to) {
		nameLength(to, nameLength(from));
		controlLength(to, controlLength(from));
		this.headers.set(JAVA_INT, to * SIZE + LEN, length(from));
	}

	/**
	 * Points an entry of the array of buffers to one.
	 */
	void buffer(int vector, long address, long length) {
		this.vectors.set(JAVA_LONG, vector * IOVEC_SIZE, address);
		this.vectors.set(JAVA_LONG, vector * IOVEC_SIZE + IOVEC_LEN, length);
	}

	/**
	 * Gives a message a run of the array of buffers.
	 */
	void buffers(int message, int firstVector, int count) {
		this.headers.set(JAVA_LONG, message * SIZE + IOV, this.vectorsAddress + firstVector * IOVEC_SIZE);
		this.headers.set(JAVA_LONG, message * SIZE + IOVLEN, count);
	}

	/**
	 * @return bytes that the message has received
	 */
	int length(int message) {
		return this.headers.get(JAVA_INT, message * SIZE + LEN);
	}

}
