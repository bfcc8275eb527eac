package dev.udpprobe.exchange;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedCollection;
import java.util.SequencedMap;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * The datagrams of a {@link Flow} that wait, by their keys, and those of them that left last,
 * by their numbers. So whose an answer is, is found without a search. For the loop's thread.
 */
final class FlowWindow {

	/** Of the oldest and of the newest that wait, for one quotation: many errors must not keep the loop from all else. */
	private static final int MAX_COMPARED = 2_048;

	/** In the order in which they left. */
	private final SequencedMap<Long, FlowDatagram> waiting = new LinkedHashMap<>();

	private final int size;

	/** Each at its number modulo the length, which is a power of two, because numbers wrap around. */
	private final @Nullable FlowDatagram[] recent;

	private int left;

	/**
	 * @param size how many may wait
	 */
	FlowWindow(int size) {
		this(size, 0);
	}

	/**
	 * @param left how many have left before, of which nothing is known
	 */
	FlowWindow(int size, int left) {
		this.size = size;
		this.left = left;
		this.recent = new FlowDatagram[Math.max(1, Integer.highestOneBit(2 * size - 1))];
	}

	boolean isFull() {
		return this.waiting.size() == this.size;
	}

	boolean isWaiting() {
		return !this.waiting.isEmpty();
	}

	/**
	 * @return whether it is a key, and no datagram with it waits
	 */
	boolean isFree(long key) {
		return key >= 0 && !this.waiting.containsKey(key);
	}

	/**
	 * Adds what left just now.
	 */
	void add(FlowDatagram datagram) {
		this.waiting.put(datagram.key(), datagram);
		this.recent[place(this.left)] = datagram;
		datagram.number(this.left++);
	}

	boolean isWaiting(FlowDatagram datagram) {
		return this.waiting.get(datagram.key()) == datagram;
	}

	void remove(FlowDatagram datagram) {
		if (this.waiting.remove(datagram.key(), datagram) && sent(datagram.number()) == datagram) {
			this.recent[place(datagram.number())] = null;
		}
	}

	/**
	 * @param key or {@link Correlation#OLDEST} or {@link Correlation#STRAY}
	 * @return the datagram that waits, or null if there is none
	 */
	@Nullable
	FlowDatagram find(long key) {
		if (key == Correlation.OLDEST) {
			Map.Entry<Long, FlowDatagram> oldest = this.waiting.firstEntry();
			return (oldest != null) ? oldest.getValue() : null;
		}
		return this.waiting.get(key);
	}

	/**
	 * @param key as the {@link Correlation} says
	 * @param quoted what an ICMP error quotes
	 * @return the datagram that waits and may be the one that is quoted, or null if there is none
	 */
	@Nullable
	FlowDatagram findQuoted(long key, ByteBuffer quoted) {
		if (key == Correlation.OLDEST) {
			SequencedCollection<FlowDatagram> all = this.waiting.sequencedValues();
			return Stream.concat(all.stream().limit(MAX_COMPARED), all.reversed().stream().limit(MAX_COMPARED))
					.filter((datagram) -> datagram.isQuotedBy(quoted)).findFirst().orElse(null);
		}
		FlowDatagram datagram = this.waiting.get(key);
		return (datagram != null && datagram.isQuotedBy(quoted)) ? datagram : null;
	}

	/**
	 * @param number of the datagram, among all that left, from 0
	 * @return the datagram, or null if it waits no more
	 */
	@Nullable
	FlowDatagram sent(int number) {
		int age = this.left - number;
		return (age > 0 && age <= this.recent.length) ? this.recent[place(number)] : null;
	}

	private int place(int number) {
		return number & (this.recent.length - 1);
	}

	List<FlowDatagram> waiting() {
		return new ArrayList<>(this.waiting.values());
	}

}
