package dev.udpprobe.exchange;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * One thread that sends, reads, and keeps the time for all of its endpoints. It owns the only
 * receive buffer, so that an endpoint that waits costs no 64 KiB. Whatever an endpoint throws
 * ends that endpoint alone.
 */
final class ExchangeLoop implements Loop, AutoCloseable {

	private static final class LoopThread extends Thread {

		private LoopThread(Runnable work, String name) {
			super(work, name);
			setDaemon(true);
		}

	}

	private static final System.Logger logger = System.getLogger(ExchangeLoop.class.getName());

	/** Between two looks at what came, whatever is to be begun or is due. */
	private static final int MAX_TASKS = 64;

	/** Of one endpoint at a time, whatever floods it. */
	private static final int MAX_READS = 64;

	/** In a row, after which the loop does not get anywhere ... */
	private static final int MAX_FAILURES = 64;

	/** ... with a pause behind each, in which there may be memory again. */
	private static final long PAUSE_NANOS = 5_000_000;

	private static final String ENDED = "the exchange loop has ended";

	private final Schedule schedule = new Schedule();

	private final CompletableFuture<SocketReader> started = new CompletableFuture<>();

	private final Supplier<SocketReader> readers;

	private final Selector selector;

	private final Thread thread;

	private int failures;

	private volatile boolean asleep;

	private volatile boolean closed;

	private volatile boolean ended;

	private volatile boolean over;

	/**
	 * @param number of the loop, from 0
	 * @param readers makes the loop's reader, on its thread
	 */
	ExchangeLoop(int number, Supplier<SocketReader> readers) {
		this.readers = readers;
		try {
			this.selector = Selector.open();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.thread = new LoopThread(this::run, "udp-exchange-" + number);
	}

	/**
	 * Starts the thread.
	 * @throws IllegalStateException if it has no reader; the loop is to be closed then
	 */
	void start() {
		this.thread.start();
		try {
			this.started.join();
		}
		catch (CompletionException ex) {
			throw new IllegalStateException("the answers of exchanges cannot be read", ex.getCause());
		}
	}

	@Override
	public void execute(Runnable task) {
		this.schedule.add(task);
		if (this.over) {
			this.schedule.runAllTasks();
		}
		else if (this.asleep && !isCurrent()) {
			this.selector.wakeup();
		}
	}

	/**
	 * Runs a task soon, when the ports of channels that are closed now are free: a closed channel keeps
	 * its descriptor until its selector selects again. For any thread.
	 */
	void executeWhenClosed(Runnable task) {
		execute(() -> {
			try {
				if (isCurrent() && this.selector.isOpen()) {
					this.selector.selectNow(this::take);
				}
			}
			catch (IOException ex) {
				report("cannot let go of channels", ex);
			}
			finally {
				task.run();
			}
		});
	}

	/**
	 * Runs a task at once where this is the loop's thread, and otherwise as {@link #execute}.
	 */
	void run(Runnable task) {
		if (isCurrent()) {
			task.run();
		}
		else {
			execute(task);
		}
	}

	/**
	 * Waits until the loop has done what it is doing, and what follows from that. Not for a loop's thread.
	 */
	void catchUp() {
		CompletableFuture<@Nullable Void> done = new CompletableFuture<>();
		// What it is doing now may add a task behind the first of these, but not behind the second.
		execute(() -> execute(() -> done.complete(null)));
		done.join();
	}

	/**
	 * @return whether this is the loop's thread
	 */
	boolean isCurrent() {
		return Thread.currentThread() == this.thread;
	}

	/**
	 * @return whether it is the thread of any loop, which must not wait
	 */
	static boolean isLoop(Thread thread) {
		return thread instanceof LoopThread;
	}

	/**
	 * @return whether the loop works; one that does not fails whatever it is given
	 */
	boolean isAlive() {
		return !this.ended;
	}

	/**
	 * @return whether the thread has ended, so that whoever gives a task also runs it
	 */
	boolean isOver() {
		return this.over;
	}

	/**
	 * @throws IllegalStateException if the loop has ended
	 */
	void check() {
		if (this.ended) {
			throw new IllegalStateException(ENDED);
		}
	}

	/**
	 * Has all endpoints hurry.
	 */
	void hurry() {
		execute(() -> {
			if (this.selector.isOpen()) {
				this.selector.keys().forEach((key) -> ((Endpoint) key.attachment()).hurry());
			}
		});
	}

	// The rest is for the loop's thread.

	@Override
	public void set(LoopTimer timer, long atNanos) {
		this.schedule.set(timer, atNanos);
	}

	@Override
	public void cancel(LoopTimer timer) {
		this.schedule.cancel(timer);
	}

	/**
	 * Has the endpoint hear of what comes.
	 */
	void register(DatagramChannel channel, Endpoint endpoint) throws IOException {
		channel.register(this.selector, SelectionKey.OP_READ, endpoint);
	}

	/**
	 * @return what reads for all endpoints
	 */
	SocketReader reader() {
		return this.started.join();
	}

	private void run() {
		try (SocketReader reader = this.readers.get()) {
			this.started.complete(reader);
			while (!this.closed && this.failures < MAX_FAILURES) {
				turn();
			}
			end();
			while (!this.closed) {
				refuse();
			}
		}
		catch (RuntimeException | Error ex) {
			this.started.completeExceptionally(ex);
		}
		finally {
			this.ended = true;
			this.over = true;
			this.schedule.runAllTasks();
		}
	}

	/**
	 * An error, too, may be of one thing alone, such as memory that another thread holds.
	 */
	private void turn() {
		try {
			select();
			this.schedule.run(MAX_TASKS);
			this.failures = 0;
		}
		catch (Throwable ex) {
			this.failures++;
			if (this.failures == 1) {
				report("the exchange loop goes on after", ex);
			}
			if (this.failures == MAX_FAILURES) {
				report("the exchange loop ends, because it only fails", ex);
			}
			LockSupport.parkNanos(PAUSE_NANOS);
		}
		// Of no meaning here, but no selection would wait any more.
		Thread.interrupted();
	}

	static void report(String what, Throwable ex) {
		try {
			logger.log(System.Logger.Level.ERROR, what, ex);
		}
		catch (Throwable _) {
			// There is nothing left to say it with.
		}
	}

	private void select() throws IOException {
		this.asleep = true;
		try {
			long nanos = this.schedule.nanosLeft(System.nanoTime());
			if (nanos <= 0) {
				this.selector.selectNow(this::take);
			}
			else {
				// 0 is no limit.
				this.selector.select(this::take,
						(nanos == Long.MAX_VALUE) ? 0 : TimeUnit.NANOSECONDS.toMillis(nanos) + 1);
			}
		}
		finally {
			this.asleep = false;
		}
	}

	private void take(SelectionKey key) {
		this.asleep = false;
		this.schedule.runTimers(1);
		Endpoint endpoint = (Endpoint) key.attachment();
		if (endpoint.hears()) {
			reader().read(endpoint, MAX_READS);
		}
		else {
			key.interestOps(0);
		}
	}

	/**
	 * Fails all that is in flight, and lets go of the descriptors.
	 */
	private void end() {
		this.ended = true;
		try {
			this.selector.keys().forEach((key) -> end((Endpoint) key.attachment()));
			this.selector.selectNow();
		}
		catch (IOException | RuntimeException | Error ex) {
			report("cannot let go of channels", ex);
		}
	}

	/**
	 * Has what is begun fail at once.
	 */
	private void refuse() {
		this.schedule.runAllTasks();
		try {
			select();
		}
		catch (IOException | RuntimeException | Error _) {
			LockSupport.parkNanos(PAUSE_NANOS);
		}
	}

	private static void end(Endpoint endpoint) {
		try {
			endpoint.fail(new IllegalStateException(ENDED));
		}
		catch (Throwable ex) {
			report("cannot end an exchange", ex);
		}
	}

	/**
	 * Ends the loop, and fails what it still has.
	 */
	@Override
	public void close() {
		this.closed = true;
		this.selector.wakeup();
		try {
			this.thread.join();
			// Not by the thread, which may end before it is woken.
			this.selector.close();
		}
		catch (InterruptedException _) {
			Thread.currentThread().interrupt();
		}
		catch (IOException ex) {
			report("cannot close a selector", ex);
		}
	}

}
