package dev.udpprobe.exchange;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * The few datagrams of one exchange that left, in their order. For the loop's thread.
 */
final class SentDatagrams {

	private final List<SentDatagram> datagrams = new ArrayList<>(1);

	void add(SentDatagram datagram) {
		this.datagrams.add(datagram);
	}

	void forEach(Consumer<SentDatagram> action) {
		this.datagrams.forEach(action);
	}

	/**
	 * @return the one that left last, of at least one
	 */
	SentDatagram last() {
		return this.datagrams.getLast();
	}

	/**
	 * @param index from 0
	 * @return null if no such datagram left
	 */
	@Nullable
	SentDatagram at(int index) {
		return (index >= 0 && index < this.datagrams.size()) ? this.datagrams.get(index) : null;
	}

	/**
	 * @return the last one of which as much as is quoted is, or null
	 */
	@Nullable
	SentDatagram quotedBy(ByteBuffer quoted) {
		for (SentDatagram datagram : this.datagrams.reversed()) {
			if (datagram.isQuotedBy(quoted)) {
				return datagram;
			}
		}
		return null;
	}

}
