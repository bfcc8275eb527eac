package dev.udpprobe.exchange;

import java.util.Arrays;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;

import org.jspecify.annotations.Nullable;

/**
 * What a loop is to do: tasks, in order, which any thread adds; and timers, each at its time,
 * in a binary heap, in which each knows its place, so that it can leave early. But for
 * {@link #add} and {@link #runAllTasks}, it is for the loop's thread, and when that has ended
 * for the one that runs the tasks.
 */
final class Schedule {

	/**
	 * Something that its endpoint hears of in time, unless it is cancelled before.
	 */
	static class Timer {

		private static final int NOWHERE = -1;

		private final Endpoint endpoint;

		private long atNanos;

		private int index = NOWHERE;

		Timer(Endpoint endpoint) {
			this.endpoint = endpoint;
		}

		private boolean isBefore(Timer other) {
			return this.atNanos - other.atNanos < 0;
		}

	}

	private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();

	private final AtomicBoolean running = new AtomicBoolean();

	private @Nullable Timer[] heap = new Timer[64];

	private int size;

	void add(Runnable task) {
		this.tasks.add(task);
	}

	/**
	 * @param atNanos {@link System#nanoTime} when it is due
	 */
	void set(Timer timer, long atNanos) {
		timer.atNanos = atNanos;
		if (timer.index == Timer.NOWHERE) {
			if (this.size == this.heap.length) {
				this.heap = Arrays.copyOf(this.heap, 2 * this.size);
			}
			put(timer, this.size++);
		}
		settle(timer);
	}

	/**
	 * Does nothing where it is not set.
	 */
	void cancel(Timer timer) {
		int index = timer.index;
		if (index == Timer.NOWHERE) {
			return;
		}
		timer.index = Timer.NOWHERE;
		Timer last = at(--this.size);
		this.heap[this.size] = null;
		if (last != timer) {
			put(last, index);
			settle(last);
		}
	}

	/**
	 * Runs tasks, with a timer after each, and then more timers. What a task throws ends this
	 * run.
	 * @param max how many tasks, and how many timers then, at the most
	 */
	void run(int max) {
		Runnable task;
		for (int i = 0; i < max && (task = this.tasks.poll()) != null; i++) {
			task.run();
			runTimers(1);
		}
		runTimers(max);
	}

	/**
	 * Tells endpoints of what is due. What one throws ends that endpoint alone.
	 * @param max of how much at the most
	 */
	void runTimers(int max) {
		Timer timer;
		for (int i = 0; i < max && (timer = next(System.nanoTime())) != null; i++) {
			try {
				timer.endpoint.due(timer);
			}
			catch (Throwable ex) {
				timer.endpoint.fail(ex);
			}
		}
	}

	/**
	 * Runs all tasks that there are, and those added meanwhile, unless somebody is just doing
	 * that. For whatever thread, if the loop has ended. What a task throws keeps no other from
	 * running.
	 */
	void runAllTasks() {
		while (!this.tasks.isEmpty() && this.running.compareAndSet(false, true)) {
			try {
				Runnable task;
				while ((task = this.tasks.poll()) != null) {
					run(task);
				}
			}
			finally {
				this.running.set(false);
			}
		}
	}

	private static void run(Runnable task) {
		try {
			task.run();
		}
		catch (Throwable ex) {
			ExchangeLoop.report("a loop that has ended goes on after", ex);
		}
	}

	/**
	 * @return what has been due for longest, which is no longer set; null if nothing is due
	 */
	@Nullable
	Timer next(long nowNanos) {
		if (nanosToTimer(nowNanos) > 0) {
			return null;
		}
		Timer timer = at(0);
		cancel(timer);
		return timer;
	}

	/**
	 * @return until there is something to do, in nanoseconds; 0 or less if there is; the maximum
	 * if there will be nothing
	 */
	long nanosLeft(long nowNanos) {
		return this.tasks.isEmpty() ? nanosToTimer(nowNanos) : 0;
	}

	private long nanosToTimer(long nowNanos) {
		return (this.size == 0) ? Long.MAX_VALUE : at(0).atNanos - nowNanos;
	}

	private Timer at(int index) {
		return Objects.requireNonNull(this.heap[index]);
	}

	private void put(Timer timer, int index) {
		this.heap[index] = timer;
		timer.index = index;
	}

	/**
	 * Swaps it with those above that come after it, and with those below that come before it.
	 */
	private void settle(Timer timer) {
		int index = timer.index;
		while (index > 0 && timer.isBefore(at((index - 1) / 2))) {
			put(at((index - 1) / 2), index);
			index = (index - 1) / 2;
		}
		int child;
		while ((child = firstChild(index)) < this.size && at(child).isBefore(timer)) {
			put(at(child), index);
			index = child;
		}
		put(timer, index);
	}

	/**
	 * @return the one of the two below that is due first
	 */
	private int firstChild(int index) {
		int child = 2 * index + 1;
		return (child + 1 < this.size && at(child + 1).isBefore(at(child))) ? child + 1 : child;
	}

}
