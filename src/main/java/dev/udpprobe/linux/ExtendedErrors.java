package dev.udpprobe.linux;

import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.net.InetSocketAddress;

import org.jspecify.annotations.Nullable;

import static java.lang.foreign.MemoryLayout.PathElement.groupElement;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

/**
 * {@code struct sock_extended_err} of {@code <linux/errqueue.h>}, which is followed by the
 * address of the node that reported the error: {@code ip(7)}, IP_RECVERR.
 */
final class ExtendedErrors {

	static final StructLayout SOCK_EXTENDED_ERR = MemoryLayout.structLayout(
			JAVA_INT.withName("ee_errno"),
			JAVA_BYTE.withName("ee_origin"),
			JAVA_BYTE.withName("ee_type"),
			JAVA_BYTE.withName("ee_code"),
			JAVA_BYTE.withName("ee_pad"),
			JAVA_INT.withName("ee_info"),
			JAVA_INT.withName("ee_data")).withName("sock_extended_err");

	/** {@code ee_origin}. */
	private static final int SO_EE_ORIGIN_LOCAL = 1;

	private static final int SO_EE_ORIGIN_ICMP = 2;

	private static final int SO_EE_ORIGIN_ICMP6 = 3;

	private static final int SO_EE_ORIGIN_TIMESTAMPING = 4;

	private static final long ORIGIN_AT = offset("ee_origin");

	private static final long TYPE_AT = offset("ee_type");

	private static final long CODE_AT = offset("ee_code");

	private static final long INFO_AT = offset("ee_info");

	private static final long DATA_AT = offset("ee_data");

	private ExtendedErrors() {}

	private static long offset(String field) {
		return SOCK_EXTENDED_ERR.byteOffset(groupElement(field));
	}

	/**
	 * @return where the structure starts in {@link Messages#control}, or -1
	 */
	static long find(Messages messages, int message) {
		return ControlMessages.findOfEither(messages, message, SocketOptions.IP_RECVERR, SocketOptions.IPV6_RECVERR);
	}

	static boolean isTransmitTime(MemorySegment control, long at) {
		return control.get(JAVA_BYTE, at + ORIGIN_AT) == SO_EE_ORIGIN_TIMESTAMPING;
	}

	/**
	 * @return the count of the datagram whose transmit time this is, from 0
	 */
	static int datagram(MemorySegment control, long at) {
		return control.get(JAVA_INT, at + DATA_AT);
	}

	/**
	 * Reads the error itself.
	 * @param destination of the datagram that failed
	 */
	static QueuedError read(MemorySegment control, long at, @Nullable InetSocketAddress destination, long timeNanos) {
		return new QueuedError(origin(control.get(JAVA_BYTE, at + ORIGIN_AT)), control.get(JAVA_INT, at),
				Byte.toUnsignedInt(control.get(JAVA_BYTE, at + TYPE_AT)),
				Byte.toUnsignedInt(control.get(JAVA_BYTE, at + CODE_AT)), control.get(JAVA_INT, at + INFO_AT),
				SocketAddresses.address(control, at + SOCK_EXTENDED_ERR.byteSize()), destination, timeNanos);
	}

	private static QueuedError.Origin origin(byte origin) {
		return switch (origin) {
			case SO_EE_ORIGIN_LOCAL -> QueuedError.Origin.LOCAL;
			case SO_EE_ORIGIN_ICMP -> QueuedError.Origin.ICMP;
			case SO_EE_ORIGIN_ICMP6 -> QueuedError.Origin.ICMPV6;
			default -> QueuedError.Origin.OTHER;
		};
	}

}
