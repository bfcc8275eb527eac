package dev.udpprobe.server;

import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.StringJoiner;
import java.util.function.Consumer;

/**
 * Logs how many datagrams were dropped, and why: at once when it begins, then no more than
 * once a minute, however many there are, and the rest at the end. Safe for any number of threads.
 */
final class DropSummary {

	private static final long LOOK_NANOS = Duration.ofSeconds(1).toNanos();

	private static final long LOG_NANOS = Duration.ofMinutes(1).toNanos();

	private final ServerCounts counts;

	private final Consumer<String> lines;

	private final Map<DropReason, Long> told = new HashMap<>();

	private long lookedNanos;

	private long loggedNanos;

	private boolean logged;

	/** When it last looked before the drops that are not told yet. Without such drops it means nothing. */
	private long beforeDropsNanos;

	private boolean pending;

	/**
	 * Tells of nothing that was dropped before.
	 * @param lines takes each line
	 * @param nowNanos {@link System#nanoTime}
	 */
	DropSummary(ServerCounts counts, Consumer<String> lines, long nowNanos) {
		this.counts = counts;
		this.lines = lines;
		this.lookedNanos = nowNanos;
		for (DropReason reason : counts.reasons()) {
			this.told.put(reason, counts.droppedFor(reason));
		}
	}

	/**
	 * Logs a summary if there is something to tell and the last one is a minute old. To be
	 * called every second or more often; it looks once a second.
	 * @param nowNanos {@link System#nanoTime}
	 */
	synchronized void logIfDue(long nowNanos) {
		if (nowNanos - this.lookedNanos < LOOK_NANOS) {
			return;
		}
		look(nowNanos);
		if (!(this.logged && nowNanos - this.loggedNanos < LOG_NANOS)) {
			logPending(nowNanos);
		}
	}

	/**
	 * Logs a summary if there is something to tell, however old the last one is.
	 * @param nowNanos {@link System#nanoTime}
	 */
	synchronized void logRest(long nowNanos) {
		look(nowNanos);
		logPending(nowNanos);
	}

	private void look(long nowNanos) {
		if (!this.pending && this.counts.dropped() > toldOfAll()) {
			this.pending = true;
			this.beforeDropsNanos = this.lookedNanos;
		}
		this.lookedNanos = nowNanos;
	}

	private void logPending(long nowNanos) {
		if (this.pending) {
			log(Math.max(1, Duration.ofNanos(nowNanos - this.beforeDropsNanos).toSeconds()));
			this.loggedNanos = nowNanos;
			this.logged = true;
			this.pending = false;
		}
	}

	private long toldOfAll() {
		return this.told.values().stream().mapToLong(Long::longValue).sum();
	}

	private void log(long seconds) {
		StringJoiner reasons = new StringJoiner(", ");
		long total = 0;
		for (DropReason reason : this.counts.reasons()) {
			long now = this.counts.droppedFor(reason);
			long since = now - Objects.requireNonNull(this.told.put(reason, now));
			if (since > 0) {
				total += since;
				reasons.add(String.format(Locale.ROOT, "%s %,d", reason.label(), since));
			}
		}
		this.lines.accept(String.format(Locale.ROOT, "dropped %,d %s in %,d s: %s", total,
				(total == 1) ? "datagram" : "datagrams", seconds, reasons));
	}

}
