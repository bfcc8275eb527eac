package dev.udpprobe.linux;

import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;

import static java.lang.foreign.MemoryLayout.PathElement.groupElement;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

/**
 * Walks over control messages, {@code cmsg(3)}: {@code struct cmsghdr} of
 * {@code <bits/socket.h>}, each followed by its data and aligned to 8 bytes.
 */
final class ControlMessages {

	static final StructLayout CMSGHDR = MemoryLayout.structLayout(
			JAVA_LONG.withName("cmsg_len"),
			JAVA_INT.withName("cmsg_level"),
			JAVA_INT.withName("cmsg_type")).withName("cmsghdr");

	private static final long LEVEL = CMSGHDR.byteOffset(groupElement("cmsg_level"));

	private static final long TYPE = CMSGHDR.byteOffset(groupElement("cmsg_type"));

	private ControlMessages() {}

	/**
	 * @param message whose control messages are searched
	 * @return where in {@link Messages#control} the data of the first of this kind starts, or -1
	 */
	static long find(Messages messages, int message, int level, int type) {
		MemorySegment control = messages.control();
		long at = messages.controlAt(message);
		long end = at + messages.controlLength(message);
		while (end - at >= CMSGHDR.byteSize()) {
			long messageLength = control.get(JAVA_LONG, at);
			if (messageLength < CMSGHDR.byteSize()) {
				return -1;
			}
			if (control.get(JAVA_INT, at + LEVEL) == level && control.get(JAVA_INT, at + TYPE) == type) {
				return at + CMSGHDR.byteSize();
			}
			at += space(messageLength);
		}
		return -1;
	}

	/** The same for a message of IPv4, or else of IPv6. */
	static long findOfEither(Messages messages, int message, int ipv4Type, int ipv6Type) {
		long at = find(messages, message, SocketOptions.IPPROTO_IP, ipv4Type);
		return (at >= 0) ? at : find(messages, message, SocketOptions.IPPROTO_IPV6, ipv6Type);
	}

	/**
	 * Writes a message's header, behind which its data stands or will stand.
	 * @param dataLength in bytes
	 * @return how much room the message takes
	 */
	static long put(MemorySegment control, long at, int level, int type, long dataLength) {
		long length = CMSGHDR.byteSize() + dataLength;
		control.set(JAVA_LONG, at, length);
		control.set(JAVA_INT, at + LEVEL, level);
		control.set(JAVA_INT, at + TYPE, type);
		return space(length);
	}

	private static long space(long length) {
		return (length + Long.BYTES - 1) & -Long.BYTES;
	}

}
