package dev.udpprobe.echo;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/**
 * What the echo server has counted since the process started. Whenever no datagram is being
 * handled, {@code received = replied + farewells + dropped} holds exactly.
 *
 * <p>
 * Written by the receiving threads, read by any.
 */
public final class EchoCounts {

	private final LongAdder received = new LongAdder();

	private final LongAdder bytesReceived = new LongAdder();

	private final LongAdder replied = new LongAdder();

	private final LongAdder bytesReplied = new LongAdder();

	private final LongAdder farewells = new LongAdder();

	private final LongAdder refused = new LongAdder();

	private final Map<DropReason, LongAdder> dropped = adders(DropReason.class);

	private final Map<SessionEnd, LongAdder> sessionsEnded = adders(SessionEnd.class);

	private static <E extends Enum<E>> Map<E, LongAdder> adders(Class<E> type) {
		Map<E, LongAdder> adders = new EnumMap<>(type);
		for (E constant : type.getEnumConstants()) {
			adders.put(constant, new LongAdder());
		}
		return adders;
	}

	/**
	 * @param bytes in all of them
	 */
	public void received(int datagrams, long bytes) {
		this.received.add(datagrams);
		this.bytesReceived.add(bytes);
	}

	/**
	 * @param bytes in all of them
	 */
	public void replied(int datagrams, long bytes) {
		this.replied.add(datagrams);
		this.bytesReplied.add(bytes);
	}

	public void dropped(DropReason reason) {
		Objects.requireNonNull(this.dropped.get(reason)).increment();
	}

	public void refused() {
		this.refused.increment();
	}

	void farewell() {
		this.farewells.increment();
	}

	void sessionEnded(SessionEnd cause) {
		Objects.requireNonNull(this.sessionsEnded.get(cause)).increment();
	}

	public long received() {
		return this.received.sum();
	}

	public long bytesReceived() {
		return this.bytesReceived.sum();
	}

	public long replied() {
		return this.replied.sum();
	}

	public long bytesReplied() {
		return this.bytesReplied.sum();
	}

	public long farewells() {
		return this.farewells.sum();
	}

	public long refusals() {
		return this.refused.sum();
	}

	public long droppedFor(DropReason reason) {
		return Objects.requireNonNull(this.dropped.get(reason)).sum();
	}

	public long dropped() {
		return this.dropped.values().stream().mapToLong(LongAdder::sum).sum();
	}

	public long sessionsEndedBy(SessionEnd cause) {
		return Objects.requireNonNull(this.sessionsEnded.get(cause)).sum();
	}

}
