package dev.udpprobe.linux;

import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.StructLayout;

import static java.lang.foreign.MemoryLayout.PathElement.groupElement;
import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

/**
 * One message or many: an array of {@code struct mmsghdr} of {@code <bits/socket.h>}, which
 * {@code recvmmsg(2)} fills and {@code sendmmsg(2)} sends. Each starts with the
 * {@code struct msghdr} that {@code recvmsg(2)} fills, and has room for a name and for control
 * messages, and an entry in an array of {@code struct iovec}.
 */
final class Messages {

	static final StructLayout MSGHDR = MemoryLayout.structLayout(
			ADDRESS.withName("msg_name"),
			JAVA_INT.withName("msg_namelen"),
			MemoryLayout.paddingLayout(4),
			ADDRESS.withName("msg_iov"),
			JAVA_LONG.withName("msg_iovlen"),
			ADDRESS.withName("msg_control"),
			JAVA_LONG.withName("msg_controllen"),
			JAVA_INT.withName("msg_flags"),
			MemoryLayout.paddingLayout(4)).withName("msghdr");

	static final StructLayout MMSGHDR = MemoryLayout.structLayout(
			MSGHDR.withName("msg_hdr"),
			JAVA_INT.withName("msg_len"),
			MemoryLayout.paddingLayout(4)).withName("mmsghdr");

	/** {@code <bits/types/struct_iovec.h>}. */
	static final StructLayout IOVEC = MemoryLayout.structLayout(
			ADDRESS.withName("iov_base"),
			JAVA_LONG.withName("iov_len")).withName("iovec");

	/** For the address of a sender. */
	static final int NAME_ROOM = 32;

	/** For two addresses, a time and hops; or for an error with its reporter and a time. */
	static final int CONTROL_ROOM = 256;

	private static final long SIZE = MMSGHDR.byteSize();

	private static final long NAME = offset("msg_name");

	private static final long NAMELEN = offset("msg_namelen");

	private static final long IOV = offset("msg_iov");

	private static final long IOVLEN = offset("msg_iovlen");

	private static final long CONTROL = offset("msg_control");

	private static final long CONTROLLEN = offset("msg_controllen");

	private static final long LEN = MMSGHDR.byteOffset(groupElement("msg_len"));

	private static final long IOVEC_SIZE = IOVEC.byteSize();

	private static final long IOVEC_LEN = IOVEC.byteOffset(groupElement("iov_len"));

	private final MemorySegment headers;

	/** The headers from each message on. */
	private final MemorySegment[] from;

	private final MemorySegment vectors;

	private final long vectorsAddress;

	private final MemorySegment names;

	private final int nameRoom;

	private final MemorySegment control;

	private final int controlRoom;

	/**
	 * Each message has one buffer, which is still to be told.
	 * @param nameRoom of each message, in bytes
	 * @param controlRoom of each message, in bytes
	 */
	Messages(SegmentAllocator memory, int count, int nameRoom, int controlRoom) {
		this.headers = memory.allocate(MMSGHDR, count);
		this.from = new MemorySegment[count];
		this.vectors = memory.allocate(IOVEC, count);
		this.vectorsAddress = this.vectors.address();
		this.names = memory.allocate((long) count * nameRoom, Long.BYTES);
		this.nameRoom = nameRoom;
		this.control = memory.allocate((long) count * controlRoom, Long.BYTES);
		this.controlRoom = controlRoom;
		for (int i = 0; i < count; i++) {
			this.from[i] = this.headers.asSlice(i * SIZE);
			this.headers.set(JAVA_LONG, i * SIZE + NAME, this.names.address() + nameAt(i));
			this.headers.set(JAVA_LONG, i * SIZE + CONTROL, this.control.address() + controlAt(i));
			buffers(i, i, 1);
			clear(i);
		}
	}

	private static long offset(String field) {
		return MMSGHDR.byteOffset(groupElement("msg_hdr"), groupElement(field));
	}

	/**
	 * @return those from this one on
	 */
	MemorySegment from(int message) {
		return this.from[message];
	}

	/**
	 * Frees all room for name and control messages.
	 */
	void clear(int message) {
		nameLength(message, this.nameRoom);
		controlLength(message, this.controlRoom);
	}

	/**
	 * @return each a {@code struct sockaddr}, at {@link #nameAt}
	 */
	MemorySegment names() {
		return this.names;
	}

	long nameAt(int message) {
		return (long) message * this.nameRoom;
	}

	/**
	 * Gives a message the name of another one, which that one keeps.
	 */
	void name(int message, Messages others, int other) {
		this.headers.set(JAVA_LONG, message * SIZE + NAME, others.headers.get(JAVA_LONG, other * SIZE + NAME));
		nameLength(message, others.nameLength(other));
	}

	/**
	 * @param length 0 for none
	 */
	void nameLength(int message, int length) {
		this.headers.set(JAVA_INT, message * SIZE + NAMELEN, length);
	}

	int nameLength(int message) {
		return this.headers.get(JAVA_INT, message * SIZE + NAMELEN);
	}

	boolean haveOneName(int one, int other) {
		return areEqual(this.names, nameAt(one), nameAt(other), nameLength(one));
	}

	/**
	 * @return the control messages of each, from {@link #controlAt} on
	 */
	MemorySegment control() {
		return this.control;
	}

	long controlAt(int message) {
		return (long) message * this.controlRoom;
	}

	/**
	 * @param length 0 for none
	 */
	void controlLength(int message, long length) {
		this.headers.set(JAVA_LONG, message * SIZE + CONTROLLEN, length);
	}

	long controlLength(int message) {
		return this.headers.get(JAVA_LONG, message * SIZE + CONTROLLEN);
	}

	boolean haveOneControl(int one, int other) {
		long length = controlLength(one);
		return length == controlLength(other) && areEqual(this.control, controlAt(one), controlAt(other), length);
	}

	static boolean areEqual(MemorySegment memory, long one, long other, long length) {
		return MemorySegment.mismatch(memory, one, one + length, memory, other, other + length) < 0;
	}

	/**
	 * Gives a message what another one has received, except for the bytes.
	 */
	void copy(int from, int to) {
		nameLength(to, nameLength(from));
		controlLength(to, controlLength(from));
		this.headers.set(JAVA_INT, to * SIZE + LEN, length(from));
		MemorySegment.copy(this.names, nameAt(from), this.names, nameAt(to), this.nameRoom);
		MemorySegment.copy(this.control, controlAt(from), this.control, controlAt(to), this.controlRoom);
	}

	/**
	 * Points an entry of the array of buffers to one.
	 */
	void buffer(int vector, long address, long length) {
		this.vectors.set(JAVA_LONG, vector * IOVEC_SIZE, address);
		this.vectors.set(JAVA_LONG, vector * IOVEC_SIZE + IOVEC_LEN, length);
	}

	long bufferAddress(int vector) {
		return this.vectors.get(JAVA_LONG, vector * IOVEC_SIZE);
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
