package dev.udpprobe.server;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * What a server has counted since the process started. Whenever no datagram is being
 * handled, {@code received = replied + ended + dropped} holds exactly.
 * One that is held is in none of them.
 *
 * <p>
 * Written by the receiving threads, read by any.
 */
public final class ServerCounts {

	private final LongAdder received = new LongAdder();

	private final LongAdder bytesReceived = new LongAdder();

	private final LongAdder replied = new LongAdder();

	private final LongAdder bytesReplied = new LongAdder();

	private final LongAdder ended = new LongAdder();

	private final LongAdder refused = new LongAdder();

	private final Map<DropReason, LongAdder> dropped = new LinkedHashMap<>();

	/**
	 * @param reasons those of the handler; a drop for any other counts as
	 * {@link TransportDrop#FAILED}
	 */
	public ServerCounts(DropReason... reasons) {
		Stream.concat(Stream.of(reasons), Stream.of(TransportDrop.values()))
				.forEach((reason) -> this.dropped.put(reason, new LongAdder()));
	}

	/**
	 * Counts the datagrams of a batch, each as what has become of it.
	 */
	void add(Batch batch) {
		int settled = batch.count();
		long bytes = 0;
		int answers = 0;
		long answerBytes = 0;
		for (int i = 0; i < batch.count(); i++) {
			Slot slot = batch.get(i);
			bytes += slot.length();
			switch (slot.state()) {
				case REPLIED -> {
					answers++;
					answerBytes += slot.replyLength();
				}
				case ENDED -> this.ended.increment();
				case DROPPED -> dropped(slot.dropReason()).increment();
				case OPEN, TO_REPLY -> adder(TransportDrop.FAILED).increment();
				case HELD -> {
					settled--;
					bytes -= slot.length();
				}
			}
		}
		this.received.add(settled);
		this.bytesReceived.add(bytes);
		this.replied.add(answers);
		this.bytesReplied.add(answerBytes);
	}

	/**
	 * Counts a datagram that was held and is not to be answered. For any thread.
	 */
	public void drop(HeldDatagram datagram, DropReason reason) {
		dropped(reason).increment();
		this.received.increment();
		this.bytesReceived.add(datagram.length());
	}

	private LongAdder dropped(@Nullable DropReason reason) {
		return this.dropped.getOrDefault(reason, adder(TransportDrop.FAILED));
	}

	private LongAdder adder(DropReason reason) {
		return Objects.requireNonNull(this.dropped.get(reason));
	}

	void refused() {
		this.refused.increment();
	}

	public long received() {
		return this.received.sum();
	}

	/**
	 * @return bytes of payload
	 */
	public long bytesReceived() {
		return this.bytesReceived.sum();
	}

	public long replied() {
		return this.replied.sum();
	}

	/**
	 * @return bytes of payload
	 */
	public long bytesReplied() {
		return this.bytesReplied.sum();
	}

	/**
	 * @return how many wanted no answer
	 */
	public long ended() {
		return this.ended.sum();
	}

	/**
	 * @return how often the host of a connected peer has refused replies: as a quotation proves, or
	 * the peer's silence
	 */
	public long refusals() {
		return this.refused.sum();
	}

	/**
	 * @return all reasons to drop a datagram, those of the handler first
	 */
	public Collection<DropReason> reasons() {
		return List.copyOf(this.dropped.keySet());
	}

	public long droppedFor(DropReason reason) {
		return adder(reason).sum();
	}

	public long dropped() {
		return this.dropped.values().stream().mapToLong(LongAdder::sum).sum();
	}

}
