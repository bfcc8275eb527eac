package dev.udpprobe.exchange;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What a loop is to do, in order. Any thread adds, and the loop's runs.
 */
final class Tasks {

	private final Queue<Runnable> queue = new ConcurrentLinkedQueue<>();

	private final AtomicBoolean running = new AtomicBoolean();

	void add(Runnable task) {
		this.queue.add(task);
	}

	boolean isEmpty() {
		return this.queue.isEmpty();
	}

	/**
	 * @param max how many at the most
	 * @param timers what else may be due in between
	 */
	void run(int max, Timers timers) {
		Runnable task;
		for (int i = 0; i < max && (task = this.queue.poll()) != null; i++) {
			task.run();
			timers.run(1);
		}
	}

	/**
	 * Runs all that there is, and what is added meanwhile, unless somebody is just doing that.
	 * For whatever thread, if the loop has ended. What a task throws keeps no other from running.
	 */
	void runAll() {
		while (!this.queue.isEmpty() && this.running.compareAndSet(false, true)) {
			try {
				Runnable task;
				while ((task = this.queue.poll()) != null) {
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

}
