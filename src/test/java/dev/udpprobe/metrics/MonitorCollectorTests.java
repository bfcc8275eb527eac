package dev.udpprobe.metrics;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import dev.udpprobe.monitor.HistogramCounts;
import dev.udpprobe.monitor.State;
import dev.udpprobe.outcome.Outcome;

import static org.assertj.core.api.Assertions.assertThat;

class MonitorCollectorTests {

	private static final Instant NOW = Instant.parse("2026-11-28T12:00:00.250Z");

	private static MadeUpTarget target(String name) {
		return new MadeUpTarget(name, name + ".example:123", Map.of());
	}

	private static MadeUpTarget up(String name) {
		return target(name).in(State.UP, 0, NOW).rounds(Outcome.Kind.REPLIED, 1, 0);
	}

	@Test
	void aTargetThatIsWellHasNineSeries() {
		MadeUpTarget target = up("a").rounds(Outcome.Kind.REPLIED, 4, 1).roundTrips(Duration.ofMillis(6));
		assertThat(new MadeUpMonitor(target).samples("udp_target_")).containsExactlyInAnyOrder(
				"udp_target_up{target=\"a\"} 1.0",
				"udp_target_rounds_total{outcome=\"replied\",target=\"a\"} 4.0",
				"udp_target_failed_rounds_total{target=\"a\"} 1.0",
				"udp_target_round_trip_seconds_count{target=\"a\"} 4",
				"udp_target_round_trip_seconds_sum{target=\"a\"} 0.006",
				"udp_target_loss_ratio{target=\"a\"} 0.0",
				"udp_target_last_round_timestamp_seconds{target=\"a\"} 1.79586720025E9",
				"udp_target_address_changes_total{target=\"a\"} 0.0",
				"udp_target_info{address=\"a.example:123\",module=\"ntp\",target=\"a\"} 1");
	}

	@Test
	void aTargetWithoutARoundIsNeitherUpNorDown() {
		assertThat(new MadeUpMonitor(target("a")).samples("udp_target_")).containsExactlyInAnyOrder(
				"udp_target_failed_rounds_total{target=\"a\"} 0.0",
				"udp_target_round_trip_seconds_count{target=\"a\"} 0",
				"udp_target_round_trip_seconds_sum{target=\"a\"} 0.0",
				"udp_target_address_changes_total{target=\"a\"} 0.0",
				"udp_target_info{address=\"a.example:123\",module=\"ntp\",target=\"a\"} 1");
	}

	@Test
	void eachOutcomeThatOccurredIsCountedForItself() {
		MadeUpMonitor monitor = new MadeUpMonitor(
				up("a").rounds(Outcome.Kind.TIMED_OUT, 2, 2).in(State.DOWN, 0.5, NOW).changed(NOW),
				target("b").rounds(Outcome.Kind.REFUSED, 3, 3));
		assertThat(monitor.samples("udp_target_rounds_total")).containsExactlyInAnyOrder(
				"udp_target_rounds_total{outcome=\"replied\",target=\"a\"} 1.0",
				"udp_target_rounds_total{outcome=\"timed-out\",target=\"a\"} 2.0",
				"udp_target_rounds_total{outcome=\"refused\",target=\"b\"} 3.0");
		assertThat(monitor.samples("udp_target_up")).containsExactly("udp_target_up{target=\"a\"} 0.0");
		assertThat(monitor.samples("udp_target_loss_ratio")).containsExactly("udp_target_loss_ratio{target=\"a\"} 0.5");
		assertThat(monitor.samples("udp_target_last_change"))
				.containsExactly("udp_target_last_change_timestamp_seconds{target=\"a\"} 1.79586720025E9");
	}

	@Test
	void onlyANameCanHaveAnotherAddress() {
		assertThat(new MadeUpMonitor(target("name").moved(3),
				new MadeUpTarget("ipv4", "192.0.2.1:1", Map.of()),
				new MadeUpTarget("ipv6", "[2001:db8::1]:1", Map.of()))
				.samples("udp_target_address_changes"))
				.containsExactly("udp_target_address_changes_total{target=\"name\"} 3.0");
	}

	@Test
	void whatFlapsIsMarked() {
		assertThat(new MadeUpMonitor(up("a").flapping(), up("b")).samples("udp_target_flapping"))
				.containsExactly("udp_target_flapping{target=\"a\"} 1.0");
	}

	@Test
	void labelsAreTheTargetsOwnAndMayDiffer() {
		assertThat(new MadeUpMonitor(new MadeUpTarget("a", "192.0.2.1:1", Map.of("site", "north")),
				new MadeUpTarget("b", "[2001:db8::1]:2", Map.of("_rack2", "7", "team", "")))
				.samples("udp_target_info")).containsExactlyInAnyOrder(
						"udp_target_info{address=\"192.0.2.1:1\",module=\"ntp\",site=\"north\",target=\"a\"} 1",
						"udp_target_info{_rack2=\"7\",address=\"[2001:db8::1]:2\",module=\"ntp\",target=\"b\",team=\"\"} 1");
	}

	@Test
	void aLabelThatPrometheusWouldNotTakeIsLeftOutAndNoneTakesTheNameOfOurs() {
		Map<String, String> labels = Map.of("target", "x", "address", "x", "module", "x", "__meta", "x", "site.name",
				"x", "2nd", "x", "", "x", "größe", "x", "site_name", "kept");
		assertThat(new MadeUpMonitor(new MadeUpTarget("a", "192.0.2.1:1", labels)).samples("udp_target_info"))
				.containsExactly(
						"udp_target_info{address=\"192.0.2.1:1\",module=\"ntp\",site_name=\"kept\",target=\"a\"} 1");
	}

	@Test
	void aTargetThatIsAskedByHandHasNoSeries() {
		MadeUpMonitor monitor = new MadeUpMonitor(MadeUpTarget.byHand("hand"));
		assertThat(monitor.samples("udp_target_")).isEmpty();
		assertThat(monitor.samples("udp_monitor_targets")).contains("udp_monitor_targets{state=\"by-hand\"} 1.0");
	}

	@Test
	void theSeriesOfATargetThatLeftAreGone() {
		MadeUpMonitor monitor = new MadeUpMonitor(up("stays"), up("leaves"));
		assertThat(monitor.samples("udp_target_")).anyMatch((sample) -> sample.contains("leaves"));
		monitor.targets().removeLast();
		assertThat(monitor.samples("udp_target_")).isNotEmpty().noneMatch((sample) -> sample.contains("leaves"));
	}

	@Test
	void targetsAreCountedByState() {
		assertThat(new MadeUpMonitor(up("a"), up("b"), target("c").in(State.DOWN, 1, NOW), target("d"),
				MadeUpTarget.byHand("e"), up("f")).samples("udp_monitor_targets")).containsExactlyInAnyOrder(
						"udp_monitor_targets{state=\"unknown\"} 1.0", "udp_monitor_targets{state=\"up\"} 3.0",
						"udp_monitor_targets{state=\"down\"} 1.0", "udp_monitor_targets{state=\"by-hand\"} 1.0");
	}

	@Test
	void theMonitorIsThereBeforeItsFirstTarget() {
		assertThat(new MadeUpMonitor().samples("udp_")).containsExactlyInAnyOrder(
				"udp_monitor_lateness_seconds_bucket{le=\"+Inf\"} 0", "udp_monitor_lateness_seconds_count 0",
				"udp_monitor_lateness_seconds_sum 0.0",
				"udp_monitor_rounds_total{result=\"on-time\"} 0.0", "udp_monitor_rounds_total{result=\"late\"} 0.0",
				"udp_monitor_rounds_total{result=\"skipped\"} 0.0", "udp_monitor_target_files_wrong 0.0",
				"udp_monitor_target_files_last_reload_success_timestamp_seconds 1.5",
				"udp_monitor_targets{state=\"unknown\"} 0.0", "udp_monitor_targets{state=\"up\"} 0.0",
				"udp_monitor_targets{state=\"down\"} 0.0", "udp_monitor_targets{state=\"by-hand\"} 0.0");
	}

	@Test
	void roundsAreCountedByWhetherTheyBeganInTimeAndFilesThatAreWrong() {
		MadeUpMonitor monitor = MadeUpMonitor.withEverything();
		assertThat(monitor.samples("udp_monitor_rounds_total")).containsExactlyInAnyOrder(
				"udp_monitor_rounds_total{result=\"on-time\"} 7.0", "udp_monitor_rounds_total{result=\"late\"} 2.0",
				"udp_monitor_rounds_total{result=\"skipped\"} 0.0");
		assertThat(monitor.samples("udp_monitor_target_files_wrong"))
				.containsExactly("udp_monitor_target_files_wrong 2.0");
	}

	@Test
	void latenessIsAHistogram() {
		assertThat(MadeUpMonitor.withEverything().samples("udp_monitor_lateness")).containsExactly(
				"udp_monitor_lateness_seconds_bucket{le=\"0.001\"} 5",
				"udp_monitor_lateness_seconds_bucket{le=\"0.1\"} 8",
				"udp_monitor_lateness_seconds_bucket{le=\"+Inf\"} 9", "udp_monitor_lateness_seconds_count 9",
				"udp_monitor_lateness_seconds_sum 0.5");
	}

	@Test
	void theRoundTripsOfATargetMayBeAHistogram() {
		HistogramCounts counts = new HistogramCounts(List.of(Duration.ofNanos(50_000), Duration.ofMillis(1)),
				List.of(2L, 3L, 0L), 6_000_000);
		assertThat(new MadeUpMonitor(up("a").histogram(counts), up("b").histogram(counts))
				.samples("udp_target_round_trip_seconds")).contains(
						"udp_target_round_trip_seconds_bucket{target=\"a\",le=\"5.0E-5\"} 2",
						"udp_target_round_trip_seconds_bucket{target=\"a\",le=\"0.001\"} 5",
						"udp_target_round_trip_seconds_bucket{target=\"a\",le=\"+Inf\"} 5",
						"udp_target_round_trip_seconds_count{target=\"a\"} 5",
						"udp_target_round_trip_seconds_sum{target=\"a\"} 0.006")
				.hasSize(10);
	}

	@Test
	void theCatalogueIsWhatIsThereAndSaysWhatItIs() {
		assertThat(MadeUpMonitor.withEverything().samples("#")).containsExactlyInAnyOrderElementsOf(
				Stream.of(UdpMeters.values())
						.filter(MeterNames::isOfMonitor)
						.flatMap(MeterNames::metadata)
						.toList());
	}

	@Test
	void noLabelEndsBeforeItsTime() {
		MadeUpMonitor monitor = MadeUpMonitor.withEverything();
		assertThat(monitor.samples("udp_target_up")).containsExactlyInAnyOrder("udp_target_up{target=\"up\"} 1.0",
				"udp_target_up{target=\"[2001:db8::1]:53\"} 0.0");
		assertThat(monitor.samples("udp_target_info")).hasSize(3);
	}

}
