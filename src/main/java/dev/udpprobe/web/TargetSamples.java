package dev.udpprobe.web;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import dev.udpprobe.destination.Target;
import dev.udpprobe.monitor.Round;
import dev.udpprobe.monitor.RoundSettings;
import dev.udpprobe.monitor.State;
import dev.udpprobe.monitor.TargetHistory;
import dev.udpprobe.monitor.TargetSpec;
import dev.udpprobe.monitor.TargetStatus;
import dev.udpprobe.net.Addresses;
import dev.udpprobe.net.HostAndPort;
import dev.udpprobe.outcome.IcmpMessage;
import dev.udpprobe.outcome.Outcome;
import dev.udpprobe.probe.RoundTrips;
import dev.udpprobe.probe.SendResult;

/**
 * What the monitor may know of targets, for the OpenAPI description.
 */
final class TargetSamples {

	private static final Instant NOW = Instant.parse("2030-01-02T06:16:05.678Z");

	private static final Duration INTERVAL = Duration.ofSeconds(10);

	private static final TargetSpec ECHO = new TargetSpec(new Target(Samples.NAME,
			() -> HostAndPort.of("127.0.0.1:7007"), null, new Target.Asks("any", Map.of())),
			new RoundSettings(INTERVAL, null, 1, 2, null), Map.of("site", "north"), "");

	private TargetSamples() {}

	private static TargetStatus status() {
		return new TargetStatus(ECHO, State.UP, NOW.minus(Duration.ofMinutes(192)), false, null, last(),
				Map.of(Outcome.Kind.REPLIED, 1_152L, Outcome.Kind.REFUSED, 3L, Outcome.Kind.TIMED_OUT, 1L), 4, 1_152,
				1_152 * 41_287L, null,
				new TargetStatus.Loss(1 / 6.0, 1 / 60.0, 1 / 360.0), 2, NOW.minus(Duration.ofMinutes(192)),
				Addresses.literal("127.0.0.1").orElseThrow(), 0);
	}

	private static Round last() {
		SendResult alive = Samples.alive();
		Outcome outcome = ((Outcome.Replied) alive.outcome()).withoutReply();
		return new Round(NOW, new SendResult(ECHO.target(), alive.timeout(), alive.exchange().ending(outcome),
				alive.judged()));
	}

	private static TargetHistory history() {
		List<TargetHistory.PastRound> rounds = IntStream.of(2, 1, 0)
				.mapToObj((ago) -> new TargetHistory.PastRound(NOW.minus(INTERVAL.multipliedBy(ago)),
						(ago == 2) ? Outcome.Kind.TIMED_OUT : Outcome.Kind.REPLIED, ago != 2,
						(ago == 2) ? Double.NaN : 41_287 - 1_592 * ago))
				.toList();
		Instant refused = NOW.minus(Duration.ofMinutes(193));
		return new TargetHistory(rounds, new RoundTrips(38_103, 39_695, 39_695, 41_287, 41_287, 41_287), 1_592.0,
				List.of(new TargetHistory.StateChange(refused, State.UP, State.DOWN,
						"echo (127.0.0.1:7007) refused: nobody listens on that port (ICMP port unreachable)."),
						new TargetHistory.StateChange(NOW.minus(Duration.ofMinutes(192)), State.DOWN, State.UP,
								"echo (127.0.0.1:7007) replied: 9 bytes, in 0.041 ms")),
				List.of(new TargetHistory.IcmpError(refused, IcmpMessage.refusal(false))), List.of());
	}

	private static List<TargetTable.Judged> judged() {
		return List.of(new TargetTable.Judged(status(), true));
	}

	static List<TargetView> targets() {
		return List.of(TargetView.of(status(), true));
	}

	static String table() {
		return TargetTable.of(judged(), NOW);
	}

	static TargetDetailsView details() {
		return TargetDetailsView.of(status(), history(), true);
	}

	static String page() {
		return TargetText.of(judged().getFirst(), history(), NOW);
	}

	static List<DiscoveryController.GroupView> groups() {
		return List.of(DiscoveryController.GroupView.of(ECHO));
	}

}
