package dev.udpprobe.exchange;

import java.util.Arrays;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import dev.udpprobe.outcome.Outcome;
import dev.udpprobe.outcome.RoundTrip;

/**
 * A datagram of a {@link Flow}, and what came of it. For the flow's thread.
 */
public final class FlowDatagram {

	/** Of each datagram this much is kept until the flow is closed. */
	private static final int TOKEN = 64;

	private final byte[] token;

	private final byte[] echoed;

	private long sentNanos;

	private long transmittedNanos;

	private boolean sent;

	private @Nullable Outcome outcome;

	/**
	 * @param echoed how many bytes of the payload an echo returns
	 */
	FlowDatagram(byte[] payload, int echoed) {
		this.token = Arrays.copyOf(payload, Math.min(payload.length, TOKEN));
		this.echoed = (echoed < this.token.length) ? Arrays.copyOf(payload, echoed) : this.token;
	}

	/**
	 * @return the beginning of its payload, by which ICMP tells it from others
	 */
	byte[] token() {
		return this.token;
	}

	/**
	 * @return the part of the token that an echo returns
	 */
	byte[] echoed() {
		return this.echoed;
	}

	void sending() {
		this.sentNanos = System.nanoTime();
	}

	void sent() {
		this.sent = true;
	}

	void transmitted(long timeNanos) {
		this.transmittedNanos = timeNanos;
	}

	/**
	 * @param arrivedNanos of the answer by the kernel's clock, or 0 if it took no time
	 */
	RoundTrip roundTrip(long arrivedNanos) {
		return RoundTrip.of(this.transmittedNanos, arrivedNanos, System.nanoTime() - this.sentNanos);
	}

	void end(Outcome ending) {
		this.outcome = ending;
	}

	boolean isOver() {
		return this.outcome != null;
	}

	/**
	 * Drops the bytes of its reply, when they are no longer needed.
	 */
	public void dropReply() {
		if (this.outcome instanceof Outcome.Replied replied) {
			this.outcome = new Outcome.Replied(new byte[0], replied.roundTrip());
		}
	}

	/**
	 * @return whether it was handed to the kernel
	 */
	public boolean isSent() {
		return this.sent;
	}

	/**
	 * @return what came of it, once {@link Flow#await} has returned
	 */
	public Outcome outcome() {
		return Objects.requireNonNull(this.outcome, "the datagram is still awaited");
	}

}
