package dev.udpprobe.exchange;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;

import org.jspecify.annotations.Nullable;

/**
 * The datagrams of a {@link Flow} that left, in their order, and which of them an answer is
 * about. For one thread.
 */
final class SentDatagrams {

	private final List<FlowDatagram> datagrams = new ArrayList<>();

	/** How many had left when the kernel began to count. */
	private int uncounted;

	void add(FlowDatagram datagram) {
		this.datagrams.add(datagram);
	}

	/**
	 * The kernel counts from 0 again.
	 */
	void restartCount() {
		this.uncounted = this.datagrams.size();
	}

	void transmitted(int count, long timeNanos) {
		int index = this.uncounted + count;
		if (index >= 0 && index < this.datagrams.size()) {
			this.datagrams.get(index).transmitted(timeNanos);
		}
	}

	/**
	 * @return the datagram that waits for this reply: one whose message is in it, the longest
	 * if there are several; any if there is none. Null if that one is over.
	 */
	@Nullable
	FlowDatagram answeredBy(ByteBuffer reply) {
		return best((datagram) -> Quotation.within(datagram.echoed(), reply) ? datagram.echoed().length : -1, -1);
	}

	/**
	 * @return the datagram that waits, and of which most is quoted; null if none is
	 */
	@Nullable
	FlowDatagram quotedBy(ByteBuffer quoted, boolean ipv6) {
		return best((datagram) -> Quotation.of(datagram.token(), quoted, ipv6)
				? Math.min(datagram.token().length, quoted.remaining())
				: -1, 0);
	}

	/**
	 * Finds the oldest that waits among those that match best. Those that are over count
	 * too, so that what comes late or twice for one is not taken for another's.
	 */
	private @Nullable FlowDatagram best(ToIntFunction<FlowDatagram> match, int min) {
		int best = min;
		FlowDatagram waiting = null;
		for (FlowDatagram datagram : this.datagrams) {
			int matched = match.applyAsInt(datagram);
			if (matched > best) {
				best = matched;
				waiting = null;
			}
			if (matched == best && waiting == null && !datagram.isOver()) {
				waiting = datagram;
			}
		}
		return waiting;
	}

}
