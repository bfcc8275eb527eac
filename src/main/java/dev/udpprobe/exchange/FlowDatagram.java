package dev.udpprobe.exchange;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

import dev.udpprobe.outcome.Outcome;

/**
 * A datagram of a {@link Flow}, and what came of it.
 */
public final class FlowDatagram extends SentDatagram {

	/** A flow keeps no more of each beginning, ... */
	private static final int HEAD = 64;

	/** ... and of each end, where a signature is. */
	private static final int TAIL = 32;

	private static final byte[] NO_TAIL = new byte[0];

	private final CompletableFuture<FlowDatagram> promise = new CompletableFuture<>();

	private final long key;

	private final byte[] tail;

	private final int tailAt;

	private int number;

	private @Nullable Outcome outcome;

	private long waitedNanos;

	private @Nullable Throwable failure;

	FlowDatagram(Flow flow, long key, byte[] payload, long timeoutNanos) {
		super(flow, (payload.length > HEAD) ? Arrays.copyOf(payload, HEAD) : payload, timeoutNanos);
		this.key = key;
		this.tail = (payload.length > HEAD)
				? Arrays.copyOfRange(payload, payload.length - TAIL, payload.length)
				: NO_TAIL;
		this.tailAt = payload.length - this.tail.length;
	}

	@Override
	boolean isQuotedBy(ByteBuffer quoted) {
		int length = Math.clamp(quoted.remaining() - this.tailAt, 0, this.tail.length);
		return super.isQuotedBy(quoted) && (length == 0 || ByteBuffer.wrap(this.tail, 0, length)
				.equals(quoted.slice(quoted.position() + this.tailAt, length)));
	}

	CompletableFuture<FlowDatagram> promise() {
		return this.promise;
	}

	/**
	 * @return how many of the flow's datagrams had left before it
	 */
	int number() {
		return this.number;
	}

	void number(int leftBefore) {
		this.number = leftBefore;
	}

	/**
	 * @param cause of a failure of this program, or null
	 */
	void end(Outcome ending, @Nullable Throwable cause) {
		this.outcome = ending;
		this.waitedNanos = waitedNanos(System.nanoTime());
		this.failure = cause;
	}

	/**
	 * Tells the listener what came of it, and then whoever has sent it.
	 */
	void tell(FlowSettings.Listener listener) {
		try {
			listener.ended(this);
		}
		finally {
			if (this.failure != null) {
				this.promise.completeExceptionally(this.failure);
			}
			else {
				this.promise.complete(this);
			}
		}
	}

	/**
	 * @return what it was sent with
	 */
	public long key() {
		return this.key;
	}

	/**
	 * @return what came of it, for whoever was told that it is over
	 */
	public Outcome outcome() {
		return Objects.requireNonNull(this.outcome, "the datagram is still awaited");
	}

	/**
	 * @return how long it was until that was known; 0 if nothing was sent. For whoever was told that it is over
	 */
	public Duration waited() {
		return Duration.ofNanos(this.waitedNanos);
	}

}
