package dev.udpprobe.config;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

import dev.udpprobe.module.Reloading;

/**
 * Reads the files of modules again when they change, or somebody asks for it. A wrong one is told once, and nothing changes until it
 * is right.
 */
final class ModuleWatch implements SmartLifecycle, Reloading {

	private static final Log logger = LogFactory.getLog(ModuleWatch.class);

	private static final long PERIOD_MILLIS = 1_000;

	private final ModuleSources sources;

	private @Nullable ScheduledExecutorService thread;

	private boolean running;

	private String told = "";

	private volatile boolean lastSuccessful = true;

	private volatile Instant lastSuccess = Instant.now();

	ModuleWatch(ModuleSources sources) {
		this.sources = sources;
	}

	@Override
	public synchronized void start() {
		this.running = true;
		if (!this.sources.hasFiles()) {
			return;
		}
		ScheduledExecutorService started = Executors.newSingleThreadScheduledExecutor(
				Thread.ofPlatform().daemon().name("udp-module-files").factory());
		var _ = started.scheduleWithFixedDelay(this::look, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
		this.thread = started;
	}

	private synchronized void look() {
		try {
			if (this.sources.readIfChanged()) {
				succeed(true);
			}
		}
		catch (RuntimeException | Error ex) {
			var _ = fail(ex);
		}
	}

	@Override
	public synchronized Optional<String> reload() {
		// Whoever asks is told, each time.
		this.told = "";
		try {
			succeed(this.sources.read());
			return Optional.empty();
		}
		catch (RuntimeException | Error ex) {
			return Optional.of(fail(ex));
		}
	}

	private void succeed(boolean changed) {
		if (changed || !this.lastSuccessful) {
			logger.info("modules: the files are read again");
		}
		this.lastSuccess = Instant.now();
		this.lastSuccessful = true;
		this.told = "";
	}

	private String fail(Throwable failure) {
		String wrong = (failure instanceof ModuleFileException)
				? String.valueOf(failure.getMessage())
				: failure.toString();
		if (!wrong.equals(this.told)) {
			logger.warn("modules stay as they were: " + wrong);
		}
		this.lastSuccessful = false;
		this.told = wrong;
		return wrong;
	}

	@Override
	public boolean lastSuccessful() {
		return this.lastSuccessful;
	}

	@Override
	public Instant lastSuccess() {
		return this.lastSuccess;
	}

	@Override
	public synchronized void stop() {
		this.running = false;
		if (this.thread != null) {
			this.thread.shutdownNow();
			this.thread = null;
		}
	}

	@Override
	public synchronized boolean isRunning() {
		return this.running;
	}

}
