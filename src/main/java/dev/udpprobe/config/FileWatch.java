package dev.udpprobe.config;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

import dev.udpprobe.module.Reloading;

/**
 * Reads the files of modules and targets again when they change, or somebody asks for it. A wrong file of modules is told once, and
 * no module changes until it is right.
 */
final class FileWatch implements SmartLifecycle, Reloading {

	private static final Log logger = LogFactory.getLog(FileWatch.class);

	private static final long PERIOD_MILLIS = 1_000;

	private final ModuleSources modules;

	private final TargetSources targets;

	/** Guards the two below, and is never held while files are read, for which to stop must not wait. */
	private final Object lifecycle = new Object();

	private @Nullable ScheduledExecutorService thread;

	private boolean running;

	private String told = "";

	private volatile boolean lastSuccessful = true;

	private volatile Instant lastSuccess = Instant.now();

	FileWatch(ModuleSources modules, TargetSources targets) {
		this.modules = modules;
		this.targets = targets;
	}

	@Override
	public void start() {
		synchronized (this.lifecycle) {
			this.running = true;
			if (this.modules.hasFiles() || this.targets.hasFiles()) {
				ScheduledExecutorService started = Executors.newSingleThreadScheduledExecutor(
						Thread.ofPlatform().daemon().name("udp-files").factory());
				var _ = started.scheduleWithFixedDelay(this::look, PERIOD_MILLIS, PERIOD_MILLIS,
						TimeUnit.MILLISECONDS);
				this.thread = started;
			}
		}
	}

	synchronized void look() {
		boolean others = false;
		try {
			others = this.modules.readIfChanged();
			if (others) {
				succeed(true);
			}
		}
		catch (RuntimeException | Error ex) {
			var _ = fail(ex);
		}
		try {
			if (others) {
				this.targets.judge();
			}
			this.targets.readIfChanged();
		}
		catch (RuntimeException | Error ex) {
			logger.warn("target files: they cannot be read: " + ex);
		}
	}

	@Override
	public synchronized Optional<String> reload() {
		// Whoever asks is told, each time.
		this.told = "";
		String wrong = "";
		try {
			succeed(this.modules.read());
		}
		catch (RuntimeException | Error ex) {
			wrong = fail(ex);
		}
		String all = Stream.of(wrong, readTargets())
				.filter((sentence) -> !sentence.isEmpty())
				.collect(Collectors.joining(" "));
		return all.isEmpty() ? Optional.empty() : Optional.of(all);
	}

	private String readTargets() {
		try {
			return this.targets.read();
		}
		catch (RuntimeException | Error ex) {
			return "target files cannot be read: " + ex;
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
		String wrong = (failure instanceof WrongFileException)
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
	public void stop() {
		synchronized (this.lifecycle) {
			this.running = false;
			if (this.thread != null) {
				this.thread.shutdownNow();
				this.thread = null;
			}
		}
	}

	@Override
	public boolean isRunning() {
		synchronized (this.lifecycle) {
			return this.running;
		}
	}

}
