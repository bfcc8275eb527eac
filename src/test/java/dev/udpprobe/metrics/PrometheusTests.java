package dev.udpprobe.metrics;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import dev.udpprobe.echo.EchoDrop;
import dev.udpprobe.echo.SessionEnd;
import dev.udpprobe.linux.KernelDrops;
import dev.udpprobe.monitor.RoundResult;
import dev.udpprobe.outcome.IcmpMeaning;
import dev.udpprobe.outcome.Outcome;
import dev.udpprobe.server.ServerCounts;
import dev.udpprobe.web.UdpPeer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PrometheusTests extends MeteredTests {

	private static final List<String> TARGETS = List.of("echo", "closed", "silent", "ad-hoc");

	private Map<String, Double> atStart = Map.of();

	private Map<String, Double> before = Map.of();

	@BeforeAll
	void scrapeAtStart() throws Exception {
		this.atStart = counts();
	}

	@BeforeEach
	void scrape() throws Exception {
		this.before = counts();
	}

	/**
	 * All that this service counts, but for what depends on how long a round trip took.
	 */
	private Map<String, Double> counts() throws Exception {
		Map<String, Double> samples = http().samples("udp_");
		samples.keySet()
				.removeIf((name) -> name
						.matches(".*_(bucket|sum|max)\\b.*|udp_echo_listening|udp_client_alive|udp_probe_config_.*"
								+ "|udp_monitor_target_files_last_.*|udp_monitor_targets.*by-hand.*"));
		return samples;
	}

	private Map<String, Double> changes() throws Exception {
		Map<String, Double> changes = new TreeMap<>();
		counts().forEach((name, value) -> {
			double change = value - this.before.getOrDefault(name, 0.0);
			if (change != 0) {
				changes.put(name, change);
			}
		});
		return changes;
	}

	@Test
	void everySampleButANamedTargetsIcmpErrorsIsThereFromTheStartAtZero() {
		Stream<String> plain = Stream.of("udp_echo_datagrams_received_total", "udp_echo_bytes_received_total",
				"udp_echo_datagrams_sent_total", "udp_echo_bytes_sent_total", "udp_echo_farewells_total",
				"udp_echo_refused_total", "udp_echo_sessions", "udp_client_exchanges_in_flight",
				"udp_probe_module_unknown_total", "udp_monitor_target_files_wrong",
				"udp_monitor_lateness_seconds_count");
		Stream<String> linux = KernelDrops.known() ? Stream.of("udp_echo_kernel_drops_total") : Stream.empty();
		Stream<String> reasons = new ServerCounts(EchoDrop.values()).reasons().stream()
				.map((reason) -> "udp_echo_datagrams_dropped_total{reason=\"%s\"}".formatted(reason.label()));
		Stream<String> causes = Arrays.stream(SessionEnd.values())
				.map((cause) -> "udp_echo_sessions_ended_total{cause=\"%s\"}".formatted(cause.label()));
		Stream<String> targets = Stream
				.of("udp_client_datagrams_sent_total", "udp_client_datagrams_received_total",
						"udp_client_refused_total",
						"udp_client_round_trip_seconds_count")
				.flatMap((name) -> TARGETS.stream().map((target) -> "%s{target=\"%s\"}".formatted(name, target)));
		Stream<String> outcomes = Arrays.stream(Outcome.Kind.values())
				.flatMap((outcome) -> TARGETS.stream().map((target) -> exchanges(outcome.label(), target)));
		Stream<String> icmpErrors = Arrays.stream(IcmpMeaning.values()).map((meaning) -> icmpErrors(meaning, "ad-hoc"));
		Stream<String> rounds = Arrays.stream(RoundResult.values())
				.map((result) -> "udp_monitor_rounds_total{result=\"%s\"}".formatted(result.label()));
		Stream<String> states = Stream.of("unknown", "up", "down")
				.map("udp_monitor_targets{state=\"%s\"}"::formatted);
		Set<String> expected = Stream
				.of(plain, linux, reasons, causes, targets, outcomes, icmpErrors, rounds, states)
				.flatMap((names) -> names)
				.collect(Collectors.toSet());
		assertThat(this.atStart).containsOnlyKeys(expected);
		assertThat(this.atStart.values()).containsOnly(0.0);
	}

	private static String exchanges(String outcome, String target) {
		return "udp_client_exchanges_total{outcome=\"%s\",target=\"%s\"}".formatted(outcome, target);
	}

	private static String icmpErrors(IcmpMeaning meaning, String target) {
		return "udp_client_icmp_errors_total{code=\"%s\",target=\"%s\",type=\"%s\"}".formatted(meaning.label(), target,
				meaning.kind().label());
	}

	/**
	 * For a service with 10,000 targets.
	 */
	@Test
	void aNamedTargetHasFewSeries() throws Exception {
		Stream<String> plain = Stream
				.of("datagrams_sent_total", "datagrams_received_total", "refused_total", "round_trip_seconds_count",
						"round_trip_seconds_sum", "round_trip_seconds_max")
				.map("udp_client_%s{target=\"silent\"}"::formatted);
		Stream<String> outcomes = Arrays.stream(Outcome.Kind.values())
				.map((outcome) -> exchanges(outcome.label(), "silent"));
		assertThat(http().samples("udp_").keySet())
				.filteredOn((name) -> name.contains("target=\"silent\"") && !name.contains("_bucket{"))
				.containsExactlyInAnyOrderElementsOf(Stream.concat(plain, outcomes).toList())
				.hasSizeLessThanOrEqualTo(20);
	}

	@Test
	void theCatalogueIsWhatIsThereAndSaysWhatItIs() throws Exception {
		Stream<String> expected = Stream.of(UdpMeters.values())
				.filter((meter) -> MeterNames.isHere(meter) && !MeterNames.isOfTargets(meter))
				.flatMap(MeterNames::metadata);
		http().get("/check?module=echo");
		assertThat(http().get("/actuator/prometheus").text().lines())
				.filteredOn((line) -> line.matches("# (HELP|TYPE) udp_.*") && !line.contains("_seconds_max "))
				.containsExactlyInAnyOrderElementsOf(expected.toList());
	}

	@Test
	void aReplyIsCountedAtBothEnds() throws Exception {
		http().form("message=hello");
		await().untilAsserted(() -> assertThat(changes()).containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
				Map.entry("udp_client_datagrams_sent_total{target=\"echo\"}", 1.0),
				Map.entry("udp_client_datagrams_received_total{target=\"echo\"}", 1.0),
				Map.entry("udp_client_round_trip_seconds_count{target=\"echo\"}", 1.0),
				Map.entry(exchanges("replied", "echo"), 1.0), Map.entry("udp_echo_datagrams_received_total", 1.0),
				Map.entry("udp_echo_bytes_received_total", 5.0), Map.entry("udp_echo_datagrams_sent_total", 1.0),
				Map.entry("udp_echo_bytes_sent_total", 9.0), Map.entry("udp_echo_sessions", 1.0))));
	}

	@Test
	void aRefusalIsCountedAsOne() throws Exception {
		http().form("message=hello&target=closed").problem(502);
		assertThat(changes()).containsExactlyInAnyOrderEntriesOf(
				Map.of("udp_client_datagrams_sent_total{target=\"closed\"}", 1.0,
						"udp_client_refused_total{target=\"closed\"}", 1.0, exchanges("refused", "closed"), 1.0,
						icmpErrors(IcmpMeaning.PORT_UNREACHABLE, "closed"), 1.0));
	}

	@Test
	void silenceIsCountedAsTimedOut() throws Exception {
		http().form("message=hello&target=silent&timeout=20ms").problem(504);
		assertThat(changes()).containsExactlyInAnyOrderEntriesOf(Map.of(
				"udp_client_datagrams_sent_total{target=\"silent\"}", 1.0, exchanges("timed-out", "silent"), 1.0));
	}

	@Test
	void whatWasNotSentIsNotCountedAsSent() throws Exception {
		http().form("message=hello&target=x.invalid:53").problem(502);
		http().form("message=" + "x".repeat(65_508)).problem(413);
		http().form("message=hello&target=192.0.2.1:53").problem(403);
		http().form("message=hello&timeout=soon").problem(400);
		assertThat(changes()).containsExactlyInAnyOrderEntriesOf(
				Map.of(exchanges("unresolved", "ad-hoc"), 1.0, exchanges("too-big", "echo"), 1.0));
	}

	@Test
	void targetsThatNobodyConfiguredShareOneLabel() throws Exception {
		http().form("message=hello&target=" + REFUSING.address()).problem(502);
		try (UdpPeer peer = UdpPeer.silent()) {
			http().form("message=hello&timeout=20ms&target=" + peer.address()).problem(504);
		}
		assertThat(changes()).containsExactlyInAnyOrderEntriesOf(
				Map.of("udp_client_datagrams_sent_total{target=\"ad-hoc\"}", 2.0,
						"udp_client_refused_total{target=\"ad-hoc\"}", 1.0, exchanges("refused", "ad-hoc"), 1.0,
						exchanges("timed-out", "ad-hoc"), 1.0, icmpErrors(IcmpMeaning.PORT_UNREACHABLE, "ad-hoc"),
						1.0));
		assertThat(counts()).hasSameSizeAs(this.before);
		assertThat(http().samples("").keySet()).noneMatch((name) -> name.contains("127.0.0.1"));
	}

	@Test
	void farewellsAndDropsAreCountedByWhatTheyWere() throws Exception {
		InetSocketAddress echo = new InetSocketAddress(InetAddress.getLoopbackAddress(), this.echoServer.port());
		try (UdpPeer peer = UdpPeer.silent()) {
			peer.send(new byte[65_504], echo);
			peer.send("goodbye", echo);
			await().untilAsserted(() -> assertThat(changes()).containsExactlyInAnyOrderEntriesOf(
					Map.of("udp_echo_datagrams_received_total", 2.0, "udp_echo_bytes_received_total", 65_511.0,
							"udp_echo_datagrams_dropped_total{reason=\"oversized\"}", 1.0, "udp_echo_farewells_total",
							1.0, "udp_echo_sessions_ended_total{cause=\"farewell\"}", 1.0)));
		}
	}

	@Test
	void springIntegrationMetersNothingUnasked() throws Exception {
		assertThat(http().samples("").keySet()).anyMatch((name) -> name.startsWith("jvm_"))
				.noneMatch((name) -> name.startsWith("spring_integration"));
	}

	@Test
	void aProbeIsCountedByModuleOutcomeAndVerdict() throws Exception {
		http().get("/probe?target=closed&module=ntp");
		http().get("/check?module=echo");
		http().get("/check?module=dsn");
		http().get("/probe?module=dsn");
		assertThat(changes()).containsEntry("udp_probe_module_unknown_total", 2.0)
				.containsEntry("udp_probe_probes_total{module=\"ntp\",outcome=\"refused\",verdict=\"fail\"}", 1.0)
				.containsEntry("udp_probe_probes_total{module=\"echo\",outcome=\"replied\",verdict=\"pass\"}", 1.0)
				.containsEntry("udp_client_exchanges_total{outcome=\"refused\",target=\"closed\"}", 1.0);
	}

}
