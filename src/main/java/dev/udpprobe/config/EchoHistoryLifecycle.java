package dev.udpprobe.config;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

import dev.udpprobe.echo.EchoHistory;

/**
 * Keeps what the echo server counts, from time to time.
 */
final class EchoHistoryLifecycle implements SmartLifecycle {

	private static final Log logger = LogFactory.getLog(EchoHistoryLifecycle.class);

	private final EchoHistory history;

	private @Nullable ScheduledExecutorService thread;

	EchoHistoryLifecycle(EchoHistory history) {
		this.history = history;
	}

	@Override
	public synchronized void start() {
		ScheduledExecutorService started = Executors.newSingleThreadScheduledExecutor(
				Thread.ofPlatform().daemon().name("udp-echo-history").factory());
		// A process that was stopped for a while has nothing to catch up with.
		var _ = started.scheduleWithFixedDelay(this::keep, 0, EchoHistory.STEP.toMillis(), TimeUnit.MILLISECONDS);
		this.thread = started;
	}

	/**
	 * After an exception the schedule would end: the kernel's tables cannot be read while descriptors are short.
	 */
	private void keep() {
		try {
			this.history.keep();
		}
		catch (RuntimeException ex) {
			logger.warn("what the echo server counts could not be kept this time", ex);
		}
	}

	@Override
	public synchronized void stop() {
		if (this.thread != null) {
			this.thread.shutdownNow();
			this.thread = null;
		}
	}

	@Override
	public synchronized boolean isRunning() {
		return this.thread != null;
	}

}
