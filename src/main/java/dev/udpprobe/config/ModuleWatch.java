package dev.udpprobe.config;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/**
 * Reads the files of modules again when they change. A wrong one is told once, and nothing changes until it is right.
 */
final class ModuleWatch implements SmartLifecycle {

	private static final Log logger = LogFactory.getLog(ModuleWatch.class);

	private static final long PERIOD_MILLIS = 1_000;

	private final ModuleSources sources;

	private @Nullable ScheduledExecutorService thread;

	private boolean running;

	private String told = "";

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

	private void look() {
		try {
			if (this.sources.readIfChanged()) {
				logger.info("modules: the files are read again");
			}
			this.told = "";
		}
		catch (RuntimeException | Error ex) {
			String wrong = (ex instanceof ModuleFileException) ? String.valueOf(ex.getMessage()) : ex.toString();
			if (!wrong.equals(this.told)) {
				logger.warn("modules stay as they were: " + wrong);
				this.told = wrong;
			}
		}
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
