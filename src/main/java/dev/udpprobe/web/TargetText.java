package dev.udpprobe.web;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import dev.udpprobe.monitor.Round;
import dev.udpprobe.monitor.TargetHistory;
import dev.udpprobe.monitor.TargetSpec;
import dev.udpprobe.monitor.TargetStatus;
import dev.udpprobe.net.AddressText;
import dev.udpprobe.outcome.IcmpMessage;
import dev.udpprobe.probe.RoundTrips;

/**
 * A target as a page for a person at a terminal.
 */
final class TargetText {

	private static final int LAST_ROUNDS = 10;

	private TargetText() {}

	/**
	 * @return lines with what is known of a target, and what is remembered of it
	 */
	static String of(TargetTable.Judged target, TargetHistory history, Instant now) {
		StringBuilder text = new StringBuilder();
		summary(target, history, now, text);
		if (!history.changes().isEmpty()) {
			TextTable changes = new TextTable("change of state", "from", "to", "what came");
			history.changes().forEach((change) -> changes.add(TimeText.of(change.time()), change.from().label(),
					change.to().label(), change.reason()));
			text.append('\n').append(changes).append('\n');
		}
		if (!history.errors().isEmpty()) {
			TextTable errors = new TextTable("ICMP error", ">type", ">code", "meaning", "by");
			history.errors().forEach((error) -> {
				IcmpMessage icmp = error.message();
				errors.add(TimeText.of(error.time()), String.valueOf(icmp.type()), String.valueOf(icmp.code()),
						icmp.meaning().label(),
						(icmp.reporter() != null) ? AddressText.of(icmp.reporter()) : TargetTable.NONE);
			});
			text.append('\n').append(errors).append('\n');
		}
		if (!history.addresses().isEmpty()) {
			TextTable moves = new TextTable("change of address", "from", "to");
			history.addresses().forEach((change) -> moves.add(TimeText.of(change.time()),
					AddressText.of(change.from()), AddressText.of(change.to())));
			text.append('\n').append(moves).append('\n');
		}
		if (!history.rounds().isEmpty()) {
			text.append('\n').append(lastOf(history.rounds())).append('\n');
		}
		return text.toString();
	}

	private static TextTable lastOf(List<TargetHistory.PastRound> rounds) {
		TextTable table = new TextTable("round", "verdict", "outcome", ">round trip");
		rounds.subList(Math.max(0, rounds.size() - LAST_ROUNDS), rounds.size())
				.forEach((round) -> table.add(TimeText.of(round.time()), TargetView.verdict(round.pass()),
						round.outcome().label(),
						Double.isNaN(round.roundTripNanos())
								? TargetTable.NONE
								: TargetTable.millis(round.roundTripNanos())));
		return table;
	}

	private static void summary(TargetTable.Judged target, TargetHistory history, Instant now, StringBuilder text) {
		TargetStatus status = target.status();
		TargetSpec spec = status.spec();
		line(text, "target", "%s (%s)%s".formatted(spec.name(), spec.target().address(),
				(status.address() != null) ? ", last at " + AddressText.of(status.address()) : ""));
		line(text, "state", "%s for %s, since %s%s".formatted(status.state().label(),
				TimeText.age(Duration.between(status.since(), now)), TimeText.of(status.since()),
				status.flapping() ? "; it changes all the time" : ""));
		line(text, "problem", status.problem());
		line(text, "last round", lastRound(target));
		line(text, "asked", asked(spec));
		if (status.last() != null) {
			line(text, "loss", "%s in 1m, %s in 10m, %s in 1h".formatted(TargetTable.percent(status.loss().oneMinute()),
					TargetTable.percent(status.loss().tenMinutes()), TargetTable.percent(status.loss().oneHour())));
		}
		line(text, "round trip", roundTrips(history.roundTrips(), history.jitterNanos()));
		line(text, "rounds", counts(status));
		line(text, "labels", spec.labels().entrySet().stream().sorted(Map.Entry.comparingByKey())
				.map((label) -> label.getKey() + "=" + label.getValue()).collect(Collectors.joining(", ")));
		line(text, "file", spec.source());
	}

	private static @Nullable String lastRound(TargetTable.Judged target) {
		Round last = target.status().last();
		if (last != null) {
			return TimeText.of(last.time()) + ": " + TargetTable.last(target);
		}
		// That it is asked by hand only is told below.
		return (target.allowed() && target.status().spec().rounds().isByHand()) ? null : TargetTable.last(target);
	}

	/**
	 * @param what nothing makes no line
	 */
	private static void line(StringBuilder text, String heading, @Nullable String what) {
		if (what != null && !what.isEmpty()) {
			text.append("%-10s  %s\n".formatted(heading, ReplyText.printable(what)));
		}
	}

	private static String asked(TargetSpec spec) {
		String module = TargetQuery.module(spec);
		String how = (module != null) ? "by the module " + module : "by no module";
		return spec.rounds().isByHand()
				? how + ", by hand only"
				: "%s, every %s; rise %d, fall %d".formatted(how,
						TimeText.of(spec.rounds().interval()), spec.rounds().rise(), spec.rounds().fall());
	}

	private static @Nullable String roundTrips(@Nullable RoundTrips times, @Nullable Double jitterNanos) {
		if (times == null) {
			return null;
		}
		return String.format(Locale.ROOT, "min/mean/median/p95/p99/max = %.3f/%.3f/%.3f/%.3f/%.3f/%.3f ms%s",
				times.min() / 1e6, times.mean() / 1e6, times.median() / 1e6, times.p95() / 1e6, times.p99() / 1e6,
				times.max() / 1e6, (jitterNanos != null) ? ", jitter " + TargetTable.millis(jitterNanos) : "");
	}

	private static String counts(TargetStatus status) {
		return status.outcomes().entrySet().stream()
				.sorted(Map.Entry.comparingByKey())
				.map((count) -> String.format(Locale.ROOT, "%,d %s", count.getValue(), count.getKey().label()))
				.collect(Collectors.joining(", ", "",
						status.outcomes().isEmpty()
								? ""
								: String.format(Locale.ROOT, "; %,d failed", status.failed())));
	}

}
