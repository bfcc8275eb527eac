package dev.udpprobe.echo;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;

/**
 * Logs how many datagrams were dropped, and why: at once when it begins, and then no more
 * than once a minute, however many there are. Safe for any number of threads.
 */
public final class DropSummary {

	private static final System.Logger logger = System.getLogger(DropSummary.class.getName());

	private static final long ASKED_NANOS = Duration.ofSeconds(1).toNanos();

	private static final long LOGGED_NANOS = Duration.ofMinutes(1).toNanos();

	private final EchoCounts counts;

	private final Map<DropReason, Long> told = new EnumMap<>(DropReason.class);

	private long askedNanos;

	private long loggedNanos;

	private boolean logged;

	/**
	 * Tells of nothing that was dropped before.
	 * @param nowNanos {@link System#nanoTime}
	 */
	public DropSummary(EchoCounts counts, long nowNanos) {
		this.counts = counts;
		this.askedNanos = nowNanos;
		this.loggedNanos = nowNanos;
		for (DropReason reason : DropReason.values()) {
			this.told.put(reason, counts.droppedFor(reason));
		}
	}

	/**
	 * Logs a summary if there is something to tell and the last one is a minute old. To be
	 * called at any times; more than once a second is a waste, but a cheap one.
	 * @param nowNanos {@link System#nanoTime}
	 */
	public synchronized void logIfDue(long nowNanos) {
		if (nowNanos - this.askedNanos < ASKED_NANOS
				|| (this.logged && nowNanos - this.loggedNanos < LOGGED_NANOS)) {
			return;
		}
		this.askedNanos = nowNanos;
		StringJoiner reasons = new StringJoiner(", ");
		long total = 0;
		for (DropReason reason : DropReason.values()) {
			long now = this.counts.droppedFor(reason);
			long since = now - this.told.put(reason, now);
			if (since > 0) {
				total += since;
				reasons.add(String.format(Locale.ROOT, "%s %,d", reason.label(), since));
			}
		}
		if (total > 0) {
			logger.log(System.Logger.Level.INFO, String.format(Locale.ROOT, "dropped %,d datagrams in %,d s: %s", total,
					Duration.ofNanos(nowNanos - this.loggedNanos).toSeconds(), reasons));
			this.loggedNanos = nowNanos;
			this.logged = true;
		}
	}

}
