package dev.udpprobe.metrics;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

import dev.udpprobe.monitor.HistogramCounts;
import dev.udpprobe.monitor.MonitoredTarget;
import dev.udpprobe.monitor.RoundResult;
import dev.udpprobe.monitor.State;
import dev.udpprobe.monitor.TargetFiles;
import dev.udpprobe.outcome.Outcome;

/**
 * What a monitor that is none has, as Prometheus' registry tells it.
 */
public final class MadeUpMonitor {

	/** What has a meaning in the format of metrics, or none in UTF-8. */
	static final String HOSTILE = "a\"} 1\nudp_target_up{target=\"b\"} 0\\\t\r\u0000\u0085é😀\ud800\"\udc00";

	private final List<MonitoredTarget> targets = new ArrayList<>();

	private Map<RoundResult, Long> rounds = Map.of();

	private HistogramCounts lateness = new HistogramCounts(List.of(), List.of(0L), 0);

	private int wrong;

	private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

	MadeUpMonitor(MonitoredTarget... targets) {
		this.targets.addAll(List.of(targets));
		this.registry.getPrometheusRegistry().register(
				new MonitorCollector(() -> this.targets, () -> this.rounds, () -> this.lateness,
						new TargetFiles() {

							@Override
							public int wrong() {
								return MadeUpMonitor.this.wrong;
							}

							@Override
							public Instant lastSuccess() {
								return Instant.ofEpochMilli(1_500);
							}

						}));
	}

	/**
	 * With each series that there may be, and labels of all kinds.
	 */
	public static MadeUpMonitor withEverything() {
		MadeUpMonitor monitor = new MadeUpMonitor(
				new MadeUpTarget("up", "up.example:123", Map.of("said", HOSTILE, "lone", "\udbff"))
						.in(State.UP, 0.25, Instant.ofEpochMilli(1_500))
						.rounds(Outcome.Kind.REPLIED, 3, 0)
						.rounds(Outcome.Kind.TIMED_OUT, 1, 1)
						.roundTrips(Duration.ofMillis(15))
						.changed(Instant.ofEpochSecond(1))
						.moved(2)
						.flapping(),
				new MadeUpTarget(HOSTILE, "[2001:db8::1]:53", Map.of("other", "", "site.name", "x")),
				new MadeUpTarget("[2001:db8::1]:53", "[2001:db8::1]:53", Map.of()).in(State.DOWN, 1, Instant.EPOCH),
				MadeUpTarget.byHand("hand"));
		monitor.rounds = Map.of(RoundResult.ON_TIME, 7L, RoundResult.LATE, 2L);
		monitor.lateness = new HistogramCounts(List.of(Duration.ofMillis(1), Duration.ofMillis(100)),
				List.of(5L, 3L, 1L), 500_000_000);
		monitor.wrong = 2;
		return monitor;
	}

	List<MonitoredTarget> targets() {
		return this.targets;
	}

	/**
	 * @return the text of a scrape
	 */
	public String scrape() {
		return this.registry.scrape();
	}

	/**
	 * @return the samples of it whose names begin so
	 */
	List<String> samples(String name) {
		return scrape().lines().filter((line) -> line.startsWith(name)).toList();
	}

}
