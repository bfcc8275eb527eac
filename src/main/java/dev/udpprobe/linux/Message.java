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
 * What {@code recvmsg(2)} fills: {@code struct msghdr} of {@code <bits/socket.h>} with one
 * {@code struct iovec} of {@code <bits/types/struct_iovec.h>}, and room for an address and
 * for control messages.
 */
final class Message {

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

	static final StructLayout IOVEC = MemoryLayout.structLayout(
			ADDRESS.withName("iov_base"),
			JAVA_LONG.withName("iov_len")).withName("iovec");

	private static final long NAMELEN = offset("msg_namelen");

	private static final long CONTROLLEN = offset("msg_controllen");

	private static final int CONTROL_ROOM = 512;

	private final MemorySegment header;

	private final MemorySegment name;

	private final MemorySegment control;

	/**
	 * @param payload where the payload goes; what is longer is cut
	 */
	Message(SegmentAllocator memory, MemorySegment payload) {
		this.header = memory.allocate(MSGHDR);
		this.name = memory.allocate(SocketAddresses.SOCKADDR_IN6);
		this.control = memory.allocate(CONTROL_ROOM, Long.BYTES);
		MemorySegment vector = memory.allocate(IOVEC);
		vector.set(ADDRESS, IOVEC.byteOffset(groupElement("iov_base")), payload);
		vector.set(JAVA_LONG, IOVEC.byteOffset(groupElement("iov_len")), payload.byteSize());
		this.header.set(ADDRESS, offset("msg_name"), this.name);
		this.header.set(ADDRESS, offset("msg_iov"), vector);
		this.header.set(JAVA_LONG, offset("msg_iovlen"), 1);
		this.header.set(ADDRESS, offset("msg_control"), this.control);
	}

	private static long offset(String field) {
		return MSGHDR.byteOffset(groupElement(field));
	}

	/**
	 * @return the header, with all room free again
	 */
	MemorySegment cleared() {
		this.header.set(JAVA_INT, NAMELEN, (int) this.name.byteSize());
		this.header.set(JAVA_LONG, CONTROLLEN, this.control.byteSize());
		return this.header;
	}

	/**
	 * @return a {@code struct sockaddr}: who sent the datagram
	 */
	MemorySegment name() {
		return this.name;
	}

	MemorySegment control() {
		return this.control;
	}

	/**
	 * @return how many bytes of {@link #control} were filled
	 */
	long controlLength() {
		return this.header.get(JAVA_LONG, CONTROLLEN);
	}

}
