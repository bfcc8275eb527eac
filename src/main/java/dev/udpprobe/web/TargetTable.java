package dev.udpprobe.web;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

import dev.udpprobe.monitor.Round;
import dev.udpprobe.monitor.TargetStatus;
import dev.udpprobe.outcome.RoundTrip;
import dev.udpprobe.probe.ResultText;

/**
 * Targets as a table for a person at a terminal.
 */
final class TargetTable {

	static final String NONE = "-";

	private TargetTable() {}

	/**
	 * A target, and whether it may be sent to.
	 */
	record Judged(TargetStatus status, boolean allowed) {}

	/**
	 * @return a line for each target
	 */
	static String of(List<Judged> targets, Instant now) {
		TextTable table = new TextTable("name", "address", "state", ">since", ">loss", ">round trip",
				"what came of it");
		for (Judged target : targets) {
			TargetStatus status = target.status();
			Round last = status.last();
			RoundTrip roundTrip = (last != null) ? last.result().outcome().roundTrip() : null;
			table.add(status.spec().name(), status.spec().target().address().toString(),
					status.state().label() + (status.flapping() ? ", flapping" : ""),
					TimeText.age(Duration.between(status.since(), now)), percent(status.loss().tenMinutes()),
					(roundTrip != null) ? millis((double) roundTrip.nanos()) : NONE,
					(status.problem() != null) ? status.problem() : last(target));
		}
		return table.toString();
	}

	/**
	 * @return what came of the last round, without the name and the address, which stand beside it; or why there was none
	 */
	static String last(Judged target) {
		TargetStatus status = target.status();
		Round last = status.last();
		if (last == null) {
			return !target.allowed()
					? "it has no address, or may not be sent to"
					: status.spec().rounds().isByHand() ? "asked by hand only" : "no round has ended";
		}
		String sentence = last.sentence();
		String named = ResultText.subject(last.result()) + " ";
		return sentence.startsWith(named) ? sentence.substring(named.length()) : sentence;
	}

	/**
	 * @param ratio 0 to 1; not a number if there is none
	 */
	static String percent(double ratio) {
		double percent = Math.round(ratio * 1e6) / 1e4;
		return Double.isNaN(ratio)
				? NONE
				: String.format(Locale.ROOT, (percent == Math.rint(percent)) ? "%.0f%%" : "%.2f%%", percent);
	}

	static String millis(double nanos) {
		return String.format(Locale.ROOT, "%.3f ms", nanos / 1e6);
	}

}
