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

	private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();

	private final AtomicBoolean running = new AtomicBoolean();

	private @Nullable LoopTimer[] heap = new LoopTimer[64];

	private int size;

	void add(Runnable task) {
		this.tasks.add(task);
	}

	/**
	 * @param atNanos {@link System#nanoTime} when it is due
	 */
	void set(LoopTimer timer, long atNanos) {
		timer.atNanos = atNanos;
		if (timer.index == LoopTimer.NOWHERE) {
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
	void cancel(LoopTimer timer) {
		int index = timer.index;
		if (index == LoopTimer.NOWHERE) {
			return;
		}
		timer.index = LoopTimer.NOWHERE;
		LoopTimer last = at(--this.size);
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
	 * Does what is due. Whatever one throws is its own failure.
	 * @param max of how much at the most
	 */
	void runTimers(int max) {
		LoopTimer timer;
		for (int i = 0; i < max && (timer = next(System.nanoTime())) != null; i++) {
			try {
				timer.due();
			}
			catch (Throwable ex) {
				timer.fail(ex);
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
	LoopTimer next(long nowNanos) {
		if (nanosToTimer(nowNanos) > 0) {
			return null;
		}
		LoopTimer timer = at(0);
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

	private LoopTimer at(int index) {
		return Objects.requireNonNull(this.heap[index]);
	}

	private void put(LoopTimer timer, int index) {
		this.heap[index] = timer;
		timer.index = index;
	}

	/**
	 * Swaps it with those above that come after it, and with those below that come before it.
	 */
	private void settle(LoopTimer timer) {
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
