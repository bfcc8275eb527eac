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
	 * @return where the data of the first message of this kind starts, or -1
	 */
	static long find(Message message, int level, int type) {
		MemorySegment control = message.control();
		long end = message.controlLength();
		long at = 0;
		while (end - at >= CMSGHDR.byteSize()) {
			long length = control.get(JAVA_LONG, at);
			if (length < CMSGHDR.byteSize()) {
				return -1;
			}
			if (control.get(JAVA_INT, at + LEVEL) == level && control.get(JAVA_INT, at + TYPE) == type) {
				return at + CMSGHDR.byteSize();
			}
			at += (length + Long.BYTES - 1) & -Long.BYTES;
		}
		return -1;
	}

}
