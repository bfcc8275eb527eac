package dev.udpprobe.testing;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * For answers that have to come before a time-out which the test waits for. Where this machine has
 * stood still, they left too late, and what came of it says nothing, so it is tried again. What left
 * in time has to be heard.
 */
public final class InTime {

	private static final int ATTEMPTS = 20;

	private final AtomicInteger missing;

	private volatile long askedNanos = System.nanoTime();

	private volatile long answeredNanos;

	private volatile boolean complete;

	/**
	 * What is tried.
	 */
	public interface Attempt<T> {

		T run(InTime time) throws Exception;

	}

	private InTime(int answers) {
		this.missing = new AtomicInteger(answers);
	}

	/**
	 * @param answers how often {@link #answered} is to be called before the time is over
	 * @param timeout from the beginning, or from when {@link #asked} was called
	 * @return what came of the first attempt whose answers left in time
	 */
	public static <T> T of(int answers, Duration timeout, Attempt<T> attempt) throws Exception {
		for (int i = 0; i < ATTEMPTS; i++) {
			InTime time = new InTime(answers);
			T result = attempt.run(time);
			if (time.complete && time.answeredNanos - time.askedNanos < timeout.toNanos()) {
				return result;
			}
		}
		throw new AssertionError("the answers never left in time");
	}

	/**
	 * To be called just before the question is sent whose answer counts.
	 */
	public void asked() {
		this.askedNanos = System.nanoTime();
	}

	/**
	 * To be called when an answer has been sent.
	 */
	public void answered() {
		long nowNanos = System.nanoTime();
		if (this.missing.decrementAndGet() == 0) {
			this.answeredNanos = nowNanos;
			this.complete = true;
		}
	}

}
