package dev.udpprobe.exchange;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

import org.jspecify.annotations.Nullable;

import dev.udpprobe.exchange.ExchangeOptions.SocketKind;
import dev.udpprobe.linux.DatagramReader;
import dev.udpprobe.linux.QueuedError;
import dev.udpprobe.outcome.Outcome;
import dev.udpprobe.outcome.RoundTrip;

/**
 * An exchange whose outcome is awaited by the thread that sent it and found by the
 * {@link ReplyLoop}. The first outcome stays.
 */
final class PendingExchange implements DatagramReader.ErrorListener {

	private final DatagramChannel channel;

	private final InetSocketAddress remote;

	private final byte[] payload;

	private final long timeoutNanos;

	private final ExchangeOptions options;

	private final Thread waiter = Thread.currentThread();

	private final AtomicReference<@Nullable Outcome> outcome = new AtomicReference<>();

	private final InetSocketAddress local;

	private long sentNanos;

	private volatile boolean sending;

	private volatile boolean overdue;

	private volatile Outcome.@Nullable Misaddressed misaddressed;

	// Of the loop's thread.
	private long transmittedNanos;

	private boolean answered;

	private boolean ignoring;

	PendingExchange(DatagramChannel channel, InetSocketAddress remote, byte[] payload, ExchangeOptions options,
			long timeoutNanos)
			throws IOException {
		this.channel = channel;
		this.local = (InetSocketAddress) channel.getLocalAddress();
		this.remote = remote;
		this.payload = payload;
		this.timeoutNanos = timeoutNanos;
		this.options = options;
	}

	DatagramChannel channel() {
		return this.channel;
	}

	InetSocketAddress local() {
		return this.local;
	}

	InetSocketAddress remote() {
		return this.remote;
	}

	boolean isIpv6() {
		return this.remote.getAddress() instanceof Inet6Address;
	}

	byte[] payload() {
		return this.payload;
	}

	ExchangeOptions options() {
		return this.options;
	}

	SocketKind kind() {
		return this.options.socket();
	}

	/**
	 * Starts the clock; to be called right before the send.
	 */
	void sending() {
		this.sentNanos = System.nanoTime();
		this.sending = true;
	}

	/**
	 * @return whether the datagram may have left; what arrived before is nobody's answer
	 */
	boolean isSending() {
		return this.sending;
	}

	long sinceSentNanos() {
		return System.nanoTime() - this.sentNanos;
	}

	/**
	 * By the loop: a datagram was read, so that no ICMP error found after it counts.
	 */
	void answered() {
		this.answered = true;
	}

	/**
	 * @return when the datagram left, by the kernel's clock, or 0 if that is not known
	 */
	long transmittedNanos() {
		return this.transmittedNanos;
	}

	/**
	 * @return whether there were ICMP errors that quoted other bytes, or came too late
	 */
	boolean isIgnoring() {
		return this.ignoring;
	}

	@Override
	public void transmitted(int datagram, long timeNanos) {
		this.transmittedNanos = timeNanos;
	}

	@Override
	public void failed(QueuedError error, ByteBuffer quoted) {
		if (this.answered || !this.sending || error.origin() == QueuedError.Origin.LOCAL) {
			return;
		}
		RoundTrip roundTrip = RoundTrip.of(this.transmittedNanos, error.timeNanos(), sinceSentNanos());
		if (!Quotation.of(this.payload, quoted, isIpv6()) || isLate(roundTrip)) {
			this.ignoring = true;
			return;
		}
		end(Failures.onIcmp(error, roundTrip));
	}

	/**
	 * By the JVM's clock it cannot be told whether the answer or the loop was late.
	 */
	private boolean isLate(RoundTrip roundTrip) {
		return roundTrip.clock() == RoundTrip.Clock.KERNEL && roundTrip.nanos() > this.timeoutNanos;
	}

	boolean isOver() {
		return this.outcome.get() != null;
	}

	/**
	 * By the loop: a datagram came. If it is somebody else's, only the first is kept, and
	 * the target still has until the time-out.
	 */
	void replied(byte[] reply, InetSocketAddress from, RoundTrip roundTrip) {
		if (isLate(roundTrip)) {
			return;
		}
		if (kind() == SocketKind.CONNECTED || from.equals(this.remote)) {
			end(new Outcome.Replied(reply, roundTrip));
		}
		else if (this.misaddressed == null) {
			this.misaddressed = new Outcome.Misaddressed(from, reply, roundTrip);
		}
	}

	/**
	 * @return whether this was the first outcome
	 */
	boolean end(Outcome ending) {
		boolean first = this.outcome.compareAndSet(null, ending);
		if (first && Thread.currentThread() != this.waiter) {
			LockSupport.unpark(this.waiter);
		}
		return first;
	}

	/**
	 * Waits for an outcome until the time-out, counted from {@link #sending()}.
	 * @return the outcome, or null if there was none in time
	 */
	@Nullable
	Outcome await() throws InterruptedException {
		return await(this.timeoutNanos);
	}

	/**
	 * Waits for an outcome when the time is over, because the loop takes a last look.
	 * @param graceNanos how long, from now
	 */
	@Nullable
	Outcome awaitLastLook(long graceNanos) throws InterruptedException {
		return await(sinceSentNanos() + graceNanos);
	}

	private @Nullable Outcome await(long nanos) throws InterruptedException {
		while (true) {
			Outcome ending = this.outcome.get();
			long remainingNanos = nanos - sinceSentNanos();
			if (ending != null || remainingNanos <= 0) {
				return ending;
			}
			LockSupport.parkNanos(this, remainingNanos);
			if (Thread.interrupted()) {
				throw new InterruptedException();
			}
		}
	}

	/**
	 * Says that the time is over, so that the loop's next look is the last one.
	 */
	void timeIsOver() {
		this.overdue = true;
	}

	boolean isOverdue() {
		return this.overdue;
	}

	/**
	 * @return the outcome if nothing more comes
	 */
	Outcome silence() {
		Outcome answer = this.misaddressed;
		return (answer != null) ? answer : new Outcome.TimedOut();
	}

	Outcome outcome() {
		return Objects.requireNonNull(this.outcome.get(), "the exchange is not over");
	}

}
