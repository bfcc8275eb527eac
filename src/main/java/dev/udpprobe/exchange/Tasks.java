package dev.udpprobe.exchange;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * What a loop is to do, in order. Any thread adds, and the loop's runs.
 */
final class Tasks {

	private final Queue<Runnable> queue = new ConcurrentLinkedQueue<>();

	/** Under the monitor. */
	private boolean running;

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
			timers.run(max);
		}
	}

	/**
	 * Ends the loop: from then on whoever adds a task also runs it.
	 * @param ending what is to be done before any other task
	 */
	synchronized void end(Runnable ending) {
		this.running = true;
		try {
			ending.run();
		}
		finally {
			this.running = false;
		}
		runAll();
	}

	/**
	 * Runs all that there is, unless this thread is just doing that. For any thread, if the loop
	 * has ended.
	 */
	synchronized void runAll() {
		if (this.running) {
			return;
		}
		this.running = true;
		try {
			Runnable task;
			while ((task = this.queue.poll()) != null) {
				task.run();
			}
		}
		finally {
			this.running = false;
		}
	}

}
