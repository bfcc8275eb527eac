package dev.udpprobe.exchange;

import java.util.Locale;
import java.util.concurrent.Semaphore;

/**
 * How much may be in flight at once. For any thread.
 */
final class Places {

	private final int count;

	private final Semaphore free;

	private volatile boolean closed;

	/**
	 * @param count at least 1
	 */
	Places(int count) {
		if (count < 1) {
			throw new IllegalArgumentException("maxInFlight must be at least 1");
		}
		this.count = count;
		this.free = new Semaphore(count);
	}

	/**
	 * Takes a place. It looks whether no more are taken only when it has one, for which
	 * {@link #drain} waits.
	 * @throws SaturatedException if there is none
	 */
	void take() {
		boolean taken = this.free.tryAcquire();
		if (this.closed) {
			this.free.release(taken ? 1 : 0);
			throw new SaturatedException("no more exchanges are begun, because the service stops");
		}
		if (!taken) {
			throw new SaturatedException(
					String.format(Locale.ROOT, "%,d exchanges are in flight already", this.count));
		}
	}

	void giveBack() {
		this.free.release();
	}

	int taken() {
		return this.count - this.free.availablePermits();
	}

	/**
	 * Has no more taken, and waits until all are given back.
	 */
	void drain() {
		this.closed = true;
		this.free.acquireUninterruptibly(this.count);
		this.free.release(this.count);
	}

	/**
	 * Has places taken again.
	 */
	void reopen() {
		this.closed = false;
	}

}
