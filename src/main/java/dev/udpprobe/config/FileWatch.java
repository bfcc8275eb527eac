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
 * Reads the files of the configuration again when they change, or somebody asks for it. A wrong file of modules or accounts is told
 * once, and none of them changes until it is right.
 */
final class FileWatch implements SmartLifecycle, Reloading {

	private static final Log logger = LogFactory.getLog(FileWatch.class);

	private static final long PERIOD_MILLIS = 1_000;

	private final Watched modules;

	private final Watched accounts;

	private final TargetSources targets;

	/** Guards the two below, and is never held while files are read, for which to stop must not wait. */
	private final Object lifecycle = new Object();

	private @Nullable ScheduledExecutorService thread;

	private boolean running;

	FileWatch(ModuleSources modules, AccountSources accounts, TargetSources targets) {
		this.modules = new Watched(modules);
		this.accounts = new Watched(accounts);
		this.targets = targets;
	}

	/**
	 * Sources, and how their last reading went.
	 */
	private static final class Watched {

		private final FileSources sources;

		private String told = "";

		private volatile boolean lastSuccessful = true;

		private volatile Instant lastSuccess = Instant.now();

		private Watched(FileSources sources) {
			this.sources = sources;
		}

		/**
		 * @return whether they were read
		 */
		private boolean readIfChanged() {
			try {
				if (!this.sources.readIfChanged()) {
					return false;
				}
				succeed(true);
				return true;
			}
			catch (RuntimeException | Error ex) {
				var _ = fail(ex);
				return false;
			}
		}

		/**
		 * @return what is wrong, in a sentence; empty if nothing is
		 */
		private String read() {
			// Whoever asks is told, each time.
			this.told = "";
			try {
				succeed(this.sources.read());
				return "";
			}
			catch (RuntimeException | Error ex) {
				return fail(ex);
			}
		}

		private void succeed(boolean changed) {
			if (changed || !this.lastSuccessful) {
				logger.info(this.sources.what() + ": the files are read again");
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
				logger.warn("%s stay as they were: %s".formatted(this.sources.what(), wrong));
			}
			this.lastSuccessful = false;
			this.told = wrong;
			return wrong;
		}

	}

	@Override
	public void start() {
		synchronized (this.lifecycle) {
			this.running = true;
			if (this.modules.sources.hasFiles() || this.accounts.sources.hasFiles() || this.targets.hasFiles()) {
				ScheduledExecutorService started = Executors.newSingleThreadScheduledExecutor(
						Thread.ofPlatform().daemon().name("udp-files").factory());
				var _ = started.scheduleWithFixedDelay(this::look, PERIOD_MILLIS, PERIOD_MILLIS,
						TimeUnit.MILLISECONDS);
				this.thread = started;
			}
		}
	}

	synchronized void look() {
		var _ = this.accounts.readIfChanged();
		boolean others = this.modules.readIfChanged();
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
		String all = Stream.of(this.accounts.read(), this.modules.read(), readTargets())
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

	@Override
	public boolean lastSuccessful() {
		return this.modules.lastSuccessful && this.accounts.lastSuccessful;
	}

	@Override
	public Instant lastSuccess() {
		Instant modules = this.modules.lastSuccess;
		Instant accounts = this.accounts.lastSuccess;
		return (this.accounts.sources.hasFiles() && accounts.isBefore(modules)) ? accounts : modules;
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
