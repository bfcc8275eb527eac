package dev.udpprobe.probe;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;

import org.jspecify.annotations.Nullable;

/**
 * Does something a number of times, each at its time, in a thread of its own. A platform thread: a virtual one waits for its turn
 * behind those of requests.
 */
final class Pacer {

	/** How often to look whether to go on. */
	private static final Duration LOOK = Duration.ofMillis(100);

	private final long intervalNanos;

	private final IntConsumer work;

	private final BooleanSupplier stopped;

	private final Thread thread;

	/** How often there is something to do in all; less when it is stopped. */
	private volatile int count;

	private volatile boolean leaving;

	private volatile @Nullable Throwable failure;

	/**
	 * @param count at least 1
	 * @param interval from one to the next, positive
	 * @param work hears how often it was done before. What it throws ends this
	 * @param stopped whether to end early
	 */
	Pacer(String name, int count, Duration interval, IntConsumer work, BooleanSupplier stopped) {
		this.count = count;
		this.intervalNanos = interval.toNanos();
		this.work = work;
		this.stopped = stopped;
		this.thread = Thread.ofPlatform().daemon().name(name).unstarted(() -> run(count));
	}

	/**
	 * Begins at once. To be called once.
	 */
	void start() {
		this.thread.start();
	}

	/**
	 * @return how often it is done in all, as far as known
	 */
	int count() {
		return this.count;
	}

	private void run(int wanted) {
		long firstNanos = System.nanoTime();
		int done = 0;
		try {
			while (done < wanted && waitUntil(firstNanos + done * this.intervalNanos)) {
				this.work.accept(done);
				done++;
			}
		}
		catch (RuntimeException | Error ex) {
			this.failure = ex;
		}
		finally {
			this.count = done;
		}
	}

	/**
	 * @return whether to go on
	 */
	private boolean waitUntil(long atNanos) {
		long left = atNanos - System.nanoTime();
		while (left > 0 && !isOver()) {
			LockSupport.parkNanos(this, Math.min(left, LOOK.toNanos()));
			left = atNanos - System.nanoTime();
		}
		return !isOver();
	}

	private boolean isOver() {
		return this.leaving || this.stopped.getAsBoolean();
	}

	/**
	 * Ends it, and waits until it has ended.
	 */
	void stop() throws InterruptedException {
		this.leaving = true;
		LockSupport.unpark(this.thread);
		this.thread.join();
	}

	/**
	 * @throws IllegalStateException if the work has failed
	 */
	void check() {
		if (this.failure != null) {
			throw new IllegalStateException(this.failure);
		}
	}

}
