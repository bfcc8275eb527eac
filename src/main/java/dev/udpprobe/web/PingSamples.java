package dev.udpprobe.web;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.udpprobe.outcome.Outcome;
import dev.udpprobe.probe.PingSummary;
import dev.udpprobe.probe.RoundTrips;
import dev.udpprobe.probe.Pinged;
import dev.udpprobe.probe.SendResult;

/**
 * What may come of a ping, for the OpenAPI description.
 */
final class PingSamples {

	private static final int COUNT = 4;

	private PingSamples() {}

	private static Pinged pinged() {
		SendResult replied = Samples.replied();
		return new Pinged(0, 0, replied.exchange().local(), true, replied.outcome(), Duration.ofNanos(41_287), 0,
				null);
	}

	private static PingSummary sums() {
		return new PingSummary(COUNT, COUNT, new PingSummary.Others(0, 0, 0), 0, 0, null,
				new RoundTrips(38_105, 40_912.5, 41_287, 43_018, 43_018, 43_018), 2_171.5,
				Map.of(Outcome.Kind.REPLIED, COUNT), Duration.ofMillis(3_001), List.of());
	}

	static List<PingView> lines() {
		return List.of(PingView.of(pinged(), Samples.replied(), false, List.of()));
	}

	static PingSummaryView summary() {
		return PingSummaryView.of(sums());
	}

	static String[] text() {
		return Stream.of(PingText.line(lines().getFirst(), pinged(), Samples.replied()),
				PingText.summary("echo", sums())).toArray(String[]::new);
	}

}
