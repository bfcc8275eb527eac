package dev.udpprobe.web;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

import dev.udpprobe.module.Judgement;
import dev.udpprobe.net.AddressText;
import dev.udpprobe.outcome.Outcome;
import dev.udpprobe.probe.Ping;
import dev.udpprobe.probe.PingSummary;
import dev.udpprobe.probe.RoundTrips;
import dev.udpprobe.probe.Pinged;
import dev.udpprobe.probe.ResultText;
import dev.udpprobe.probe.SendResult;

/**
 * A ping as ping(8) prints one.
 */
final class PingText {

	/** What the sums say by other words. */
	private static final Set<Outcome.Kind> TOLD = EnumSet.of(Outcome.Kind.REPLIED, Outcome.Kind.REFUSED,
			Outcome.Kind.TIMED_OUT);

	private PingText() {}

	/**
	 * @return what stands over the lines
	 */
	static String head(Ping ping) {
		Ping.Settings settings = ping.settings();
		String from = settings.fresh()
				? ", each from a new port"
				: (settings.flows() > 1) ? ", from %d ports in turn".formatted(settings.flows()) : "";
		return ReplyText.printable("PING %s (%s): %s%s".formatted(ResultText.name(ping.target()),
				AddressText.of(ping.remote()), what(ping), from));
	}

	private static String what(Ping ping) {
		return (ping.asked() != null)
				? "module " + ping.asked().module().name()
				: String.format(Locale.ROOT, "%,d bytes", ping.length());
	}

	/**
	 * @return without anything that a terminal would take for an order: a peer's text may be in it
	 */
	static String line(PingView view, Pinged pinged, SendResult result) {
		String number = "seq=" + view.seq() + ((view.flow() != null) ? " flow=" + view.flow() : "");
		return ReplyText.printable(switch (pinged.outcome()) {
			case Outcome.Replied replied ->
				String.format(Locale.ROOT, "%d bytes from %s: %s time=%.3f ms%s", replied.length(),
						AddressText.orNull(result.exchange().remote()), number, replied.roundTrip().nanos() / 1e6,
						said(pinged.judgement()));
			case Outcome.TimedOut _ when pinged.judgement() == null ->
				"%s timed out after %d ms".formatted(number, result.timeout().toMillis());
			case Outcome.Mismatched _ -> number + " answered, but not what was asked";
			default -> number + " " + OutcomeText.line(result);
		});
	}

	private static String said(@Nullable Judgement judgement) {
		if (judgement == null) {
			return "";
		}
		String what = judgement.sentence().isEmpty() ? "" : ": " + judgement.sentence();
		return judgement.pass() ? what : what + ", which is not good: " + judgement.reason();
	}

	/**
	 * @param target its name
	 * @return several lines
	 */
	static String summary(String target, PingSummary summary) {
		StringBuilder text = new StringBuilder("\n--- %s ping statistics ---\n".formatted(ReplyText.printable(target)));
		text.append(
				String.format(Locale.ROOT, "%d datagrams sent, %d received, %s%% lost, time %.3f ms\n", summary.sent(),
						summary.received(), percent(summary), summary.elapsed().toNanos() / 1e6));
		text.append("%d refused, %d late, %d duplicates, %d reordered, %d strays".formatted(summary.refused(),
				summary.others().late(), summary.others().duplicates(), summary.reordered(),
				summary.others().strays()));
		summary.outcomes().forEach((kind, count) -> {
			if (!TOLD.contains(kind)) {
				text.append(", %d %s".formatted(count, kind.label()));
			}
		});
		if (summary.failed() != null) {
			text.append(", %d not good".formatted(summary.failed()));
		}
		RoundTrips times = summary.roundTrips();
		if (times != null) {
			text.append(String.format(Locale.ROOT,
					"\nround trip min/mean/median/p95/p99/max = %.3f/%.3f/%.3f/%.3f/%.3f/%.3f ms", times.min() / 1e6,
					times.mean() / 1e6, times.median() / 1e6, times.p95() / 1e6, times.p99() / 1e6, times.max() / 1e6));
		}
		if (summary.jitterNanos() != null) {
			text.append(String.format(Locale.ROOT, ", jitter %.3f ms", summary.jitterNanos() / 1e6));
		}
		return text.append(flows(summary.flows())).toString();
	}

	/**
	 * A loss is never rounded to none, or to all.
	 */
	private static String percent(PingSummary summary) {
		double percent = (summary.sent() == 0) ? 0 : 100.0 * summary.lost() / summary.sent();
		return String.format(Locale.ROOT, (percent == Math.rint(percent)) ? "%.0f" : "%.2f", percent);
	}

	private static String flows(List<PingSummary.OfFlow> flows) {
		if (flows.isEmpty()) {
			return "";
		}
		StringBuilder text = new StringBuilder(
				"\n\nflow   port   sent  received   lost  refused    best ms    mean ms   worst ms");
		IntStream.range(0, flows.size()).forEach((i) -> {
			PingSummary.OfFlow flow = flows.get(i);
			RoundTrips times = flow.roundTrips();
			text.append(String.format(Locale.ROOT, "\n%4d  %5d  %5d  %8d  %5d  %7d  %9s  %9s  %9s", i + 1,
					flow.localPort(), flow.sent(), flow.received(), flow.lost(), flow.refused(),
					(times != null) ? millis((double) times.min()) : "-", (times != null) ? millis(times.mean()) : "-",
					(times != null) ? millis((double) times.max()) : "-"));
		});
		return text.toString();
	}

	private static String millis(double nanos) {
		return String.format(Locale.ROOT, "%.3f", nanos / 1e6);
	}

}
