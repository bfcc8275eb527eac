package dev.udpprobe.net;

/**
 * So many log lines a second and no more, because what a peer sends must not decide how
 * much is logged. Safe for any number of threads.
 */
public final class LogBudget {

	private static final long WINDOW_NANOS = 1_000_000_000;

	private final int linesPerSecond;

	private long windowStartNanos = System.nanoTime();

	private int used;

	public LogBudget(int linesPerSecond) {
		this.linesPerSecond = linesPerSecond;
	}

	/**
	 * @return whether one more line may be logged now
	 */
	public synchronized boolean take() {
		long now = System.nanoTime();
		if (now - this.windowStartNanos >= WINDOW_NANOS) {
			this.windowStartNanos = now;
			this.used = 0;
		}
		return this.used++ < this.linesPerSecond;
	}

}
