package dev.udpprobe.exchange;

/**
 * A thread of an {@link ExchangeEngine}, for whoever has exchanges begin there at their time.
 */
public interface Loop {

	/**
	 * Runs a task on the thread, soon, after those before it. For any thread.
	 * @param task that must be quick, and must not throw
	 */
	void execute(Runnable task);

	/**
	 * Has a timer be due once, at this time instead of another. It may be some milliseconds late. For the loop's thread.
	 * @param atNanos {@link System#nanoTime}
	 */
	void set(LoopTimer timer, long atNanos);

	/**
	 * Does nothing where the timer is not set. For the loop's thread.
	 */
	void cancel(LoopTimer timer);

}
