package dev.udpprobe.linux;

import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;

import static java.lang.foreign.MemoryLayout.PathElement.groupElement;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

/**
 * {@code struct scm_timestamping} of {@code <linux/errqueue.h>}: three times, of which the
 * first is the software one, by {@code CLOCK_REALTIME}.
 */
final class Timestamps {

	/** {@code struct timespec} where {@code long} has 64 bits. */
	static final StructLayout TIMESPEC = MemoryLayout.structLayout(
			JAVA_LONG.withName("tv_sec"),
			JAVA_LONG.withName("tv_nsec")).withName("timespec");

	static final StructLayout SCM_TIMESTAMPING = MemoryLayout
			.structLayout(MemoryLayout.sequenceLayout(3, TIMESPEC).withName("ts"))
			.withName("scm_timestamping");

	/** {@code <asm-generic/socket.h>}; as a control message it has the option's number. */
	static final int SO_TIMESTAMPING = 37;

	/** Times of leaving and of arrival ({@code <linux/net_tstamp.h>}), told in software ... */
	private static final int SOF_TIMESTAMPING_TX_SOFTWARE = 1 << 1;

	private static final int SOF_TIMESTAMPING_RX_SOFTWARE = 1 << 3;

	private static final int SOF_TIMESTAMPING_SOFTWARE = 1 << 4;

	/** ... with a count of the datagram, and without a copy of it. */
	private static final int SOF_TIMESTAMPING_OPT_ID = 1 << 7;

	private static final int SOF_TIMESTAMPING_OPT_TSONLY = 1 << 11;

	static final int FLAGS = SOF_TIMESTAMPING_TX_SOFTWARE | SOF_TIMESTAMPING_RX_SOFTWARE | SOF_TIMESTAMPING_SOFTWARE
			| SOF_TIMESTAMPING_OPT_ID | SOF_TIMESTAMPING_OPT_TSONLY;

	/** Without the count, which starts at 0 when it is asked for again. */
	static final int UNCOUNTED = FLAGS & ~SOF_TIMESTAMPING_OPT_ID;

	/** Of arrival alone. */
	static final int RECEIVED = SOF_TIMESTAMPING_RX_SOFTWARE | SOF_TIMESTAMPING_SOFTWARE;

	private static final long NANOS_AT = TIMESPEC.byteOffset(groupElement("tv_nsec"));

	private Timestamps() {}

	/**
	 * @return nanoseconds since 1970, or 0 if the kernel took no time
	 */
	static long nanos(Messages messages, int message) {
		long at = ControlMessages.find(messages, message, SocketOptions.SOL_SOCKET, SO_TIMESTAMPING);
		MemorySegment control = messages.control();
		return (at < 0) ? 0 : control.get(JAVA_LONG, at) * 1_000_000_000 + control.get(JAVA_LONG, at + NANOS_AT);
	}

}
