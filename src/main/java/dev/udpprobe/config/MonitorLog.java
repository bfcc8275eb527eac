package dev.udpprobe.config;

import java.util.Locale;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

import dev.udpprobe.monitor.Monitor;
import dev.udpprobe.monitor.MonitorListener;
import dev.udpprobe.monitor.State;
import dev.udpprobe.monitor.TargetHistory;
import dev.udpprobe.monitor.TargetSpec;
import dev.udpprobe.net.AddressText;
import dev.udpprobe.net.LogBudget;
import dev.udpprobe.net.PrintableText;

/**
 * Tells of targets in the log: a line for each change, up to so many a second of what is good news and of what is not; the others are
 * counted. What a line says has keys, too, for a log that is JSON.
 */
final class MonitorLog implements MonitorListener {

	private static final Logger logger = LoggerFactory.getLogger(Monitor.class);

	private static final int LINES_PER_SECOND = 20;

	private final Executor lines;

	private final LogBudget warnings = new LogBudget(LINES_PER_SECOND);

	/** Thousands come up at the start, or have another address, while all is well. */
	private final LogBudget news = new LogBudget(LINES_PER_SECOND);

	private final AtomicLong untold = new AtomicLong();

	/**
	 * Writes on a thread of its own: who reads the log may be slow, and rounds must not wait for that.
	 */
	MonitorLog() {
		ThreadPoolExecutor thread = new ThreadPoolExecutor(1, 1, 5, TimeUnit.SECONDS,
				new ArrayBlockingQueue<>(10 * LINES_PER_SECOND),
				Thread.ofPlatform().daemon().name("udp-monitor-log").factory(),
				(_, _) -> this.untold.incrementAndGet());
		thread.allowCoreThreadTimeOut(true);
		this.lines = thread;
	}

	/**
	 * @param lines writes them
	 */
	MonitorLog(Executor lines) {
		this.lines = lines;
	}

	@Override
	public void changed(TargetSpec target, TargetHistory.StateChange change, int rounds) {
		log((change.to() == State.UP) ? Level.INFO : Level.WARN, target, change.to(),
				(rounds > 1)
						? "is %s after %d rounds".formatted(change.to().label(), rounds)
						: "is " + change.to().label(),
				change.reason(), null);
	}

	@Override
	public void flapping(TargetSpec target, boolean flapping, State now) {
		log(flapping ? Level.WARN : Level.INFO, target, now, flapping ? "is flapping" : "flaps no longer",
				flapping ? "its changes are not told until it flaps no longer" : "it is " + now.label(), null);
	}

	@Override
	public void moved(TargetSpec target, TargetHistory.AddressChange change) {
		log(Level.INFO, target, null, "has another address",
				"%s, and had %s".formatted(AddressText.of(change.to()),
						AddressText.of(change.from())),
				null);
	}

	@Override
	public void cannotBegin(TargetSpec target, String problem, @Nullable Throwable cause) {
		log(Level.WARN, target, null, "cannot be asked", problem, cause);
	}

	private void log(Level level, TargetSpec target, @Nullable State state, String what, String why,
			@Nullable Throwable cause) {
		if (!((level == Level.WARN) ? this.warnings : this.news).take()) {
			this.untold.incrementAndGet();
			return;
		}
		LoggingEventBuilder line = logger.atLevel(level)
				.addKeyValue("target", target.name())
				.addKeyValue("address", target.target().address());
		if (state != null) {
			line = line.addKeyValue("state", state.label());
		}
		if (cause != null) {
			line = line.setCause(cause);
		}
		LoggingEventBuilder whole = line;
		this.lines.execute(() -> {
			long others = this.untold.getAndSet(0);
			whole.log("{} {}: {}{}", target.name(), what, PrintableText.of(why),
					(others > 0) ? String.format(Locale.ROOT, " (%,d other changes were not told)", others) : "");
		});
	}

}
