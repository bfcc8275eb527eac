package dev.udpprobe.path;

import java.time.Duration;

/**
 * How long something may take, from now.
 */
public final class TimeLimit {

	private final long startNanos = System.nanoTime();

	private final long maxNanos;

	/**
	 * @param max positive
	 */
	public TimeLimit(Duration max) {
		this.maxNanos = max.toNanos();
	}

	boolean isOver() {
		return remainingNanos() <= 0;
	}

	/**
	 * @return the shorter of a time and of what remains, and more than nothing
	 */
	public Duration within(Duration wanted) {
		return Duration.ofNanos(Math.max(1, Math.min(wanted.toNanos(), remainingNanos())));
	}

	Duration elapsed() {
		return Duration.ofNanos(System.nanoTime() - this.startNanos);
	}

	private long remainingNanos() {
		return this.maxNanos - (System.nanoTime() - this.startNanos);
	}

}
