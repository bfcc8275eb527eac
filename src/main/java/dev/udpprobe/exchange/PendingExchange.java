package dev.udpprobe.exchange;

import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

import org.jspecify.annotations.Nullable;

/**
 * An exchange whose outcome is awaited by the thread that sent it and found by the
 * {@link ReplyLoop}. The first outcome stays.
 */
final class PendingExchange {

	private final DatagramChannel channel;

	private final InetSocketAddress remote;

	private final SocketKind kind;

	private final Thread waiter = Thread.currentThread();

	private final AtomicReference<@Nullable Outcome> outcome = new AtomicReference<>();

	private final InetSocketAddress local;

	private long sentNanos;

	private volatile boolean sending;

	private volatile Outcome.@Nullable Misaddressed misaddressed;

	PendingExchange(DatagramChannel channel, InetSocketAddress local, InetSocketAddress remote, SocketKind kind) {
		this.channel = channel;
		this.local = local;
		this.remote = remote;
		this.kind = kind;
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

	SocketKind kind() {
		return this.kind;
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

	boolean isOver() {
		return this.outcome.get() != null;
	}

	/**
	 * Remembers that somebody else answered. Only the first is kept, and the target still
	 * has until the time-out.
	 */
	void misaddressed(Outcome.Misaddressed answer) {
		if (this.misaddressed == null) {
			this.misaddressed = answer;
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
	 * Waits for an outcome.
	 * @param timeoutNanos counted from {@link #sending()}
	 * @return the outcome, or null if there was none in time
	 */
	@Nullable
	Outcome await(long timeoutNanos) throws InterruptedException {
		while (true) {
			Outcome ending = this.outcome.get();
			long remainingNanos = timeoutNanos - sinceSentNanos();
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
