package dev.udpprobe.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

import dev.udpprobe.access.Account;
import dev.udpprobe.access.Accounts;
import dev.udpprobe.exchange.SaturatedException;

/**
 * The streams of events that are open. They end before the web server waits for its requests to end. Safe for any number of
 * threads.
 */
@Component
final class EventStreams implements SmartLifecycle {

	static final int MAX = 32;

	/** From one look to the next. */
	private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

	/** Who types in a page opens one stream after the other, so those that were left make room soon. */
	private static final long CHECK_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition stopped = this.lock.newCondition();

	private final Accounts accounts;

	private final List<Stream> open = new ArrayList<>();

	private boolean running;

	EventStreams(Accounts accounts) {
		this.accounts = accounts;
	}

	/**
	 * A stream that is open. For one thread.
	 */
	final class Stream implements AutoCloseable {

		private final @Nullable String account;

		private long nextNanos = System.nanoTime();

		private Stream(@Nullable String account) {
			this.account = account;
		}

		/**
		 * Waits for the next look.
		 * @param meanwhile runs now and then. What it throws ends the wait
		 * @return false if the stream has to end
		 */
		boolean next(Runnable meanwhile) throws InterruptedException {
			this.nextNanos = Math.max(this.nextNanos + LOOK_NANOS, System.nanoTime());
			long left = LOOK_NANOS;
			while (left > 0 && rest(Math.min(left, CHECK_NANOS))) {
				meanwhile.run();
				left = this.nextNanos - System.nanoTime();
			}
			return left <= 0;
		}

		/**
		 * @return false if the stream has to end
		 */
		private boolean rest(long nanos) throws InterruptedException {
			EventStreams.this.lock.lock();
			try {
				long left = nanos;
				while (EventStreams.this.running && left > 0) {
					left = EventStreams.this.stopped.awaitNanos(left);
				}
				return EventStreams.this.running;
			}
			finally {
				EventStreams.this.lock.unlock();
			}
		}

		@Override
		public void close() {
			EventStreams.this.lock.lock();
			try {
				EventStreams.this.open.remove(this);
			}
			finally {
				EventStreams.this.lock.unlock();
			}
		}

	}

	/**
	 * @param account whose it is; null for whoever has none
	 * @throws SaturatedException if there are as many as may be, or they have to end
	 */
	Stream open(@Nullable Account account) {
		String name = (account != null) ? account.name() : null;
		this.lock.lock();
		try {
			if (!this.running) {
				throw new SaturatedException("the service starts or stops");
			}
			int free = MAX - this.open.size();
			if (free == 0) {
				throw new SaturatedException("%d streams of events are open already".formatted(MAX));
			}
			if (this.accounts.isConfigured() && own(name) >= free) {
				throw new SaturatedException(
						"of %d streams of events, those that are free are for others".formatted(MAX));
			}
			Stream stream = new Stream(name);
			this.open.add(stream);
			return stream;
		}
		finally {
			this.lock.unlock();
		}
	}

	private long own(@Nullable String account) {
		return this.open.stream().filter((stream) -> Objects.equals(stream.account, account)).count();
	}

	/**
	 * @return how many are open
	 */
	int count() {
		this.lock.lock();
		try {
			return this.open.size();
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public void start() {
		run(true);
	}

	@Override
	public void stop() {
		run(false);
	}

	private void run(boolean running) {
		this.lock.lock();
		try {
			this.running = running;
			this.stopped.signalAll();
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public boolean isRunning() {
		this.lock.lock();
		try {
			return this.running;
		}
		finally {
			this.lock.unlock();
		}
	}

}
