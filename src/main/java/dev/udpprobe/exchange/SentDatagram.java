package dev.udpprobe.exchange;

import java.nio.ByteBuffer;

import dev.udpprobe.outcome.RoundTrip;

/**
 * A datagram that was handed to the kernel, or is about to be: what tells it from others, and
 * since when an answer is awaited. For the loop's thread.
 */
class SentDatagram extends LoopTimer {

	/** More than it takes to open a socket. */
	private static final long OPENING_NANOS = 1_000_000;

	private final Endpoint endpoint;

	private final byte[] payload;

	private final boolean ipv6;

	private final long timeoutNanos;

	private long sentNanos;

	private long transmittedNanos;

	private boolean sent;

	/**
	 * @param payload all of it, or the beginning, by which ICMP tells it from others
	 * @param timeoutNanos how long an answer is waited for, positive
	 */
	SentDatagram(Endpoint endpoint, byte[] payload, long timeoutNanos) {
		this.endpoint = endpoint;
		this.payload = payload;
		this.ipv6 = endpoint.isIpv6();
		this.timeoutNanos = timeoutNanos;
	}

	@Override
	protected final void due() {
		this.endpoint.due(this);
	}

	@Override
	protected final void fail(Throwable failure) {
		this.endpoint.fail(failure);
	}

	/**
	 * @return whether it is still to be sent: what is found while it is may have ended that
	 */
	boolean isWanted() {
		return this.endpoint.isOpen();
	}

	/**
	 * Starts the clock; to be called right before the send.
	 */
	void sending() {
		this.sentNanos = System.nanoTime();
	}

	void sent() {
		this.sent = true;
	}

	/**
	 * @return whether it was handed to the kernel
	 */
	public boolean isSent() {
		return this.sent;
	}

	/**
	 * @param nowNanos {@link System#nanoTime}
	 * @return since when an answer is awaited, in nanoseconds; 0 if nothing was sent
	 */
	long waitedNanos(long nowNanos) {
		return this.sent ? nowNanos - this.sentNanos : 0;
	}

	/**
	 * @return {@link System#nanoTime} when the time for an answer is over
	 */
	long dueNanos() {
		return this.sentNanos + this.timeoutNanos;
	}

	/**
	 * @param timeNanos when it left, by the kernel's clock
	 */
	void transmitted(long timeNanos) {
		this.transmittedNanos = timeNanos;
	}

	/**
	 * @return whether the kernel has told when it left
	 */
	boolean isTimed() {
		return this.transmittedNanos != 0;
	}

	/**
	 * @return whether as much as an ICMP error quotes is of this datagram
	 */
	boolean isQuotedBy(ByteBuffer quoted) {
		return Quotation.of(this.payload, quoted, this.ipv6);
	}

	/**
	 * @param arrivedNanos of the answer by the kernel's clock, or 0 if it took no time
	 * @param nowNanos {@link System#nanoTime} when it was read
	 */
	RoundTrip roundTrip(long arrivedNanos, long nowNanos) {
		return RoundTrip.of(this.transmittedNanos, arrivedNanos, nowNanos - this.sentNanos);
	}

	/**
	 * @param arrivedNanos by the kernel's clock, or 0 if it took no time
	 * @param openNanos for how long the socket has been open; so much earlier, and hardly more,
	 * may something have come, unless the kernel's clock was set back
	 * @return whether what arrived did so before this left
	 */
	boolean isAfter(long arrivedNanos, long openNanos) {
		long nanos = this.transmittedNanos - arrivedNanos;
		return isTimed() && arrivedNanos != 0 && nanos > 0 && nanos <= openNanos + OPENING_NANOS;
	}

	/**
	 * By the JVM's clock it cannot be told whether the answer or the loop was late.
	 */
	boolean isTooLate(RoundTrip roundTrip) {
		return roundTrip.clock() == RoundTrip.Clock.KERNEL && roundTrip.nanos() > this.timeoutNanos;
	}

}
