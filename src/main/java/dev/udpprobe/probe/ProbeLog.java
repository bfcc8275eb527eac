package dev.udpprobe.probe;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.udpprobe.exchange.Dialogue;

/**
 * How a probe went, step by step. Written by the thread that has the probe at the moment, and for anybody when it is over.
 */
public final class ProbeLog {

	/** Enough for all tries and what they provoke. */
	private static final int MAX_ENTRIES = 40;

	private static final int MAX_BYTES = 256;

	/**
	 * What happened.
	 */
	public enum What {

		SENT, ANSWER, PART, STRAY

	}

	/**
	 * A datagram that left or came.
	 *
	 * @param after since the probe began
	 * @param beginning of its payload, at most 256 bytes; secrets may be in it
	 * @param length of its payload, in bytes
	 */
	@SuppressWarnings("ArrayRecordComponent")
	public record Entry(Duration after, What what, byte[] beginning, int length) {}

	private final long startNanos = System.nanoTime();

	private final List<Entry> entries = new ArrayList<>(2);

	private @Nullable Duration lookup;

	private int omitted;

	/**
	 * The name has been looked up, with or without an address.
	 */
	void lookedUp() {
		this.lookup = elapsed();
	}

	Duration elapsed() {
		return Duration.ofNanos(System.nanoTime() - this.startNanos);
	}

	private void add(What what, ByteBuffer payload) {
		if (this.entries.size() == MAX_ENTRIES) {
			this.omitted++;
			return;
		}
		byte[] beginning = new byte[Math.min(payload.remaining(), MAX_BYTES)];
		payload.get(payload.position(), beginning);
		this.entries.add(new Entry(elapsed(), what, beginning, payload.remaining()));
	}

	/**
	 * @return how long the name took to be looked up; 0 where the target was an address, or nobody got that far
	 */
	public Duration lookup() {
		return (this.lookup != null) ? this.lookup : Duration.ZERO;
	}

	/**
	 * @return what left and came, in order
	 */
	public List<Entry> entries() {
		return this.entries;
	}

	/**
	 * @return how much more there was, which is not kept
	 */
	public int omitted() {
		return this.omitted;
	}

	/**
	 * @return the same dialogue, which is written down here
	 */
	Dialogue of(Dialogue dialogue) {
		return new Dialogue() {

			@Override
			public Send first(InetSocketAddress local) {
				return sent(dialogue.first(local));
			}

			@Override
			public Step received(ByteBuffer datagram) {
				ByteBuffer payload = datagram.duplicate();
				Step step = dialogue.received(datagram);
				add(switch (step) {
					case As.STRAY -> What.STRAY;
					case As.PART -> What.PART;
					case As.ANSWER -> What.ANSWER;
					case Answer _ -> What.ANSWER;
					case Send _ -> What.PART;
				}, payload);
				if (step instanceof Send more) {
					sent(more);
				}
				return step;
			}

			@Override
			public @Nullable Send silent() {
				Send more = dialogue.silent();
				return (more != null) ? sent(more) : null;
			}

		};
	}

	private Dialogue.Send sent(Dialogue.Send send) {
		add(What.SENT, ByteBuffer.wrap(send.payload()));
		return send;
	}

}
