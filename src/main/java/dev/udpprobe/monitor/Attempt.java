package dev.udpprobe.monitor;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * A round that has begun.
 *
 * @param number of those of the target, from 1
 * @param begunMillis when, by the host's clock, since 1970
 * @param begunNanos {@link System#nanoTime} then
 * @param lateNanos how much later than it was due
 * @param sockets that it leaves from
 */
record Attempt(long number, long begunMillis, long begunNanos, long lateNanos, RoundSockets sockets) {

	/** By so much may two clocks differ over a round, and the end of it be late, or nobody knows what it says. */
	private static final long MAX_GAP_MILLIS = 500;

	/**
	 * Whether the machine or the process has slept since: one of the clocks stands still then, or the end comes long after its time.
	 * @param nowMillis by the host's clock, since 1970
	 * @param timeout that the round had
	 */
	boolean sleptUntil(long nowMillis, Duration timeout) {
		long passedMillis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - this.begunNanos);
		return Math.abs(nowMillis - this.begunMillis - passedMillis) > MAX_GAP_MILLIS
				|| passedMillis > timeout.toMillis() + MAX_GAP_MILLIS;
	}

}
