package dev.udpprobe.web;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import dev.udpprobe.monitor.State;
import dev.udpprobe.monitor.TargetHistory;
import dev.udpprobe.monitor.TargetStatus;
import dev.udpprobe.net.Addresses;
import dev.udpprobe.outcome.IcmpMeaning;
import dev.udpprobe.outcome.IcmpMessage;
import dev.udpprobe.outcome.Outcome;
import dev.udpprobe.outcome.RoundTrip;
import dev.udpprobe.probe.RoundTrips;

import static dev.udpprobe.web.Monitored.NOW;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * A target with its history, as text and as JSON.
 */
class TargetTextTests {

	private static final Duration INTERVAL = Duration.ofSeconds(10);

	private static TargetStatus status() {
		TargetStatus simple = new Monitored("dns1", "ns1.example:53", "dns", "tier", "1", "site", "north")
				.last(new Outcome.Replied(new byte[0], RoundTrip.jvm(412_870)), Duration.ofSeconds(5), "no error")
				.status();
		Map<Outcome.Kind, Long> outcomes = new EnumMap<>(
				Map.of(Outcome.Kind.REPLIED, 1_234L, Outcome.Kind.REFUSED, 2L));
		return new TargetStatus(simple.spec(), State.UP, NOW.minus(Duration.ofMinutes(192)), true, null, simple.last(),
				outcomes, 5, 1_234, 1, null, new TargetStatus.Loss(0, 0.02, 0.125), 2,
				NOW.minus(Duration.ofMinutes(192)),
				Addresses.literal("192.0.2.53").orElseThrow(), 1);
	}

	private static TargetHistory history() {
		List<TargetHistory.PastRound> rounds = IntStream.range(0, 12)
				.mapToObj((i) -> new TargetHistory.PastRound(NOW.minus(INTERVAL.multipliedBy(11L - i)),
						(i == 11) ? Outcome.Kind.TIMED_OUT : Outcome.Kind.REPLIED, i < 10,
						(i == 11) ? Double.NaN : 100_000 + i))
				.toList();
		Instant then = NOW.minus(Duration.ofMinutes(193));
		return new TargetHistory(rounds, new RoundTrips(100_000, 100_005.0, 100_005, 100_010, 100_010, 100_010),
				1_500.0,
				List.of(new TargetHistory.StateChange(then, State.UP, State.DOWN, "dns1 was\u001b silent."),
						new TargetHistory.StateChange(NOW.minus(Duration.ofMinutes(192)), State.DOWN, State.UP, "ok")),
				List.of(new TargetHistory.IcmpError(then, new IcmpMessage(3, 13, IcmpMeaning.FILTERED,
						Addresses.literal("10.0.1.1").orElseThrow())),
						new TargetHistory.IcmpError(then, IcmpMessage.refusal(false))),
				List.of(new TargetHistory.AddressChange(then, Addresses.literal("192.0.2.52").orElseThrow(),
						Addresses.literal("192.0.2.53").orElseThrow())));
	}

	@Test
	void aPageTellsAllThatIsKnownOfATarget() {
		assertThat(TargetText.of(new TargetTable.Judged(status(), true), history(), NOW)).isEqualTo("""
				target      dns1 (ns1.example:53), last at 192.0.2.53
				state       up for 3h12m, since 2026-01-02T03:04:05.678Z; it changes all the time
				last round  2026-01-02T06:16:00.678Z: replied: no error, in 0.413 ms
				asked       by the module dns, every 10s; rise 1, fall 2
				loss        0% in 1m, 2% in 10m, 12.50% in 1h
				round trip  min/mean/median/p95/p99/max = 0.100/0.100/0.100/0.100/0.100/0.100 ms, jitter 0.002 ms
				rounds      1,234 replied, 2 refused; 5 failed
				labels      site=north, tier=1

				change of state           from  to    what came
				2026-01-02T03:03:05.678Z  up    down  dns1 was? silent.
				2026-01-02T03:04:05.678Z  down  up    ok

				ICMP error                type  code  meaning           by
				2026-01-02T03:03:05.678Z     3    13  filtered          10.0.1.1
				2026-01-02T03:03:05.678Z     3     3  port-unreachable  -

				change of address         from        to
				2026-01-02T03:03:05.678Z  192.0.2.52  192.0.2.53

				round                     verdict  outcome    round trip
				2026-01-02T06:14:35.678Z  pass     replied      0.100 ms
				2026-01-02T06:14:45.678Z  pass     replied      0.100 ms
				2026-01-02T06:14:55.678Z  pass     replied      0.100 ms
				2026-01-02T06:15:05.678Z  pass     replied      0.100 ms
				2026-01-02T06:15:15.678Z  pass     replied      0.100 ms
				2026-01-02T06:15:25.678Z  pass     replied      0.100 ms
				2026-01-02T06:15:35.678Z  pass     replied      0.100 ms
				2026-01-02T06:15:45.678Z  pass     replied      0.100 ms
				2026-01-02T06:15:55.678Z  fail     replied      0.100 ms
				2026-01-02T06:16:05.678Z  fail     timed-out           -
				""");
	}

	@Test
	void ofATargetThatIsAskedByHandThereIsLittleToTell() {
		Monitored byHand = new Monitored("echo", "127.0.0.1:7007", null).is(State.UNKNOWN, Duration.ofSeconds(9));
		assertThat(TargetText.of(new TargetTable.Judged(byHand.status(), true), byHand.history(), NOW)).isEqualTo("""
				target      echo (127.0.0.1:7007)
				state       unknown for 9s, since 2026-01-02T06:15:56.678Z
				asked       by no module, by hand only
				""");
	}

	@Test
	void jsonHasRoundsAsASeries() {
		JsonNode view = JsonMapper.shared().valueToTree(TargetDetailsView.of(status(), history(), true));
		JsonNode rounds = view.path("rounds");
		assertThat(rounds.path("times")).hasSize(12).last().hasToString("1767334565678");
		assertThat(rounds.path("outcomes")).hasSize(12).last().hasToString("\"timed-out\"");
		assertThat(rounds.path("pass")).hasSize(12).last().hasToString("false");
		assertThat(rounds.path("roundTripMicros")).hasSize(12).last().hasToString("null");
		assertThat(rounds.path("roundTripMicros").path(1)).hasToString("100.001");
		assertThat(view.path("target").path("lossRatio"))
				.hasToString("{\"oneMinute\":0.0,\"tenMinutes\":0.02,\"oneHour\":0.125}");
		assertThat(view.path("exchange").path("fields")).hasToString("{\"said\":\"hello\"}");
		assertThat(view.path("counts").path("outcomes")).hasToString("{\"refused\":2,\"replied\":1234}");
		assertThat(view.path("jitterMicros").asDouble()).isEqualTo(1.5);
		assertThat(view.path("roundTripMicros").path("p99").asDouble()).isEqualTo(100.01);
		assertThat(view.path("changes").path(0)).hasToString("{\"time\":\"2026-01-02T03:03:05.678Z\",\"from\":\"up\","
				+ "\"to\":\"down\",\"reason\":\"dns1 was? silent.\"}");
		assertThat(view.path("errors").path(0)).hasToString("{\"time\":\"2026-01-02T03:03:05.678Z\",\"type\":3,"
				+ "\"code\":13,\"meaning\":\"filtered\",\"reporter\":\"10.0.1.1\"}");
		assertThat(view.path("moves").path(0)).hasToString("{\"time\":\"2026-01-02T03:03:05.678Z\","
				+ "\"from\":\"192.0.2.52\",\"to\":\"192.0.2.53\"}");
	}

	/**
	 * What is not known is left out, and no number is written as a text.
	 */
	@Test
	void jsonOfATargetWithoutRoundsHasNothingOfThem() {
		Monitored fresh = new Monitored("a", "127.0.0.1:7", "word");
		assertThat(JsonMapper.shared().writeValueAsString(TargetView.of(fresh.status(), true))).isEqualTo(
				"{\"name\":\"a\",\"address\":\"127.0.0.1:7\",\"state\":\"unknown\",\"since\":\"2026-01-02T06:16:05.678Z\","
						+ "\"module\":\"word\",\"intervalMillis\":10000,\"flapping\":false,\"labels\":{},\"allowed\":true}");
	}

	@Test
	void noValueOfASettingIsShown() {
		TargetStatus status = status();
		assertThat(status.spec().target().asks()).isNotNull();
		String all = JsonMapper.shared().writeValueAsString(TargetDetailsView.of(status, history(), true))
				+ TargetText.of(new TargetTable.Judged(status, true), history(), NOW)
				+ DiscoveryController.GroupView.of(status.spec());
		assertThat(all).contains("dns").doesNotContain("s3cret");
	}

}
