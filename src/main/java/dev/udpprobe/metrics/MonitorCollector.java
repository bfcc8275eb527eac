package dev.udpprobe.metrics;

import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.PrometheusNaming;

import dev.udpprobe.destination.Target;
import dev.udpprobe.monitor.HistogramCounts;
import dev.udpprobe.monitor.Monitor;
import dev.udpprobe.monitor.MonitoredTarget;
import dev.udpprobe.monitor.RoundResult;
import dev.udpprobe.monitor.State;
import dev.udpprobe.monitor.TargetFiles;
import dev.udpprobe.monitor.TargetSpec;
import dev.udpprobe.monitor.TargetStatus;
import dev.udpprobe.net.Addresses;
import dev.udpprobe.net.HostAndPort;
import dev.udpprobe.net.Labelled;
import dev.udpprobe.outcome.Outcome;

/**
 * The monitor and its targets, read when they are scraped from what the monitor holds anyway. So nothing is kept of a target here,
 * and the series of one that is gone are gone.
 */
final class MonitorCollector implements MultiCollector {

	/** How the names of labels begin that are Prometheus' own. */
	private static final String INTERNAL = "__";

	/** The library sorts samples, which costs little where they are sorted. */
	private static final Comparator<MonitoredTarget> BY_NAME = Comparator.comparing((target) -> target.spec().name());

	private static final Map<Outcome.Kind, Labels> OUTCOMES = labels(UdpMeters.OUTCOME, Outcome.Kind.class);

	private static final Map<RoundResult, Labels> RESULTS = labels(UdpMeters.RESULT, RoundResult.class);

	private static final Map<State, Labels> STATES = labels(UdpMeters.STATE, State.class);

	private final Supplier<List<MonitoredTarget>> targets;

	private final Supplier<Map<RoundResult, Long>> rounds;

	private final Supplier<HistogramCounts> lateness;

	private final TargetFiles files;

	MonitorCollector(Monitor monitor, TargetFiles files) {
		this(monitor::targets, monitor::rounds, monitor::lateness, files);
	}

	MonitorCollector(Supplier<List<MonitoredTarget>> targets, Supplier<Map<RoundResult, Long>> rounds,
			Supplier<HistogramCounts> lateness, TargetFiles files) {
		this.targets = targets;
		this.rounds = rounds;
		this.lateness = lateness;
		this.files = files;
	}

	private static <E extends Enum<E> & Labelled> Map<E, Labels> labels(String name, Class<E> type) {
		Map<E, Labels> labels = new EnumMap<>(type);
		for (E constant : type.getEnumConstants()) {
			labels.put(constant, Labels.of(name, constant.label()));
		}
		return labels;
	}

	@Override
	public MetricSnapshots collect() {
		Samples to = new Samples();
		Map<RoundResult, Long> counts = this.rounds.get();
		RESULTS.forEach((result, labels) -> to.counter(UdpMeters.MONITOR_ROUNDS, labels,
				counts.getOrDefault(result, 0L)));
		to.histogram(UdpMeters.MONITOR_LATENESS, Labels.EMPTY, this.lateness.get());
		to.gauge(UdpMeters.MONITOR_FILES_WRONG, Labels.EMPTY, this.files.wrong());
		to.gauge(UdpMeters.MONITOR_FILES_TIME, Labels.EMPTY, this.files.lastSuccess());
		Map<State, Integer> states = new EnumMap<>(State.class);
		this.targets.get().stream().sorted(BY_NAME).map(MonitoredTarget::status).forEach((status) -> {
			states.merge(status.state(), 1, Integer::sum);
			if (status.state() != State.BY_HAND) {
				add(status, to);
			}
		});
		STATES.forEach((state, labels) -> to.gauge(UdpMeters.MONITOR_TARGETS, labels, states.getOrDefault(state, 0)));
		return to.snapshots();
	}

	private static void add(TargetStatus status, Samples to) {
		TargetSpec spec = status.spec();
		HostAndPort address = spec.target().address();
		Labels labels = Labels.of(UdpMeters.TARGET, spec.name());
		if (status.state() != State.UNKNOWN) {
			to.gauge(UdpMeters.TARGET_UP, labels, (status.state() == State.UP) ? 1 : 0);
		}
		status.outcomes().forEach((outcome, count) -> to.counter(UdpMeters.TARGET_ROUNDS,
				labels.merge(OUTCOMES.getOrDefault(outcome, Labels.EMPTY)), count));
		to.counter(UdpMeters.TARGET_FAILED_ROUNDS, labels, status.failed());
		if (status.roundTrips() != null) {
			to.histogram(UdpMeters.TARGET_ROUND_TRIP, labels, status.roundTrips());
		}
		else {
			to.summary(UdpMeters.TARGET_ROUND_TRIP, labels, status.replies(), status.roundTripNanos() / 1e9);
		}
		double loss = status.loss().tenMinutes();
		if (!Double.isNaN(loss)) {
			to.gauge(UdpMeters.TARGET_LOSS, labels, loss);
		}
		if (status.last() != null) {
			to.gauge(UdpMeters.TARGET_LAST_ROUND, labels, status.last().time());
		}
		if (status.changed() != null) {
			to.gauge(UdpMeters.TARGET_LAST_CHANGE, labels, status.changed());
		}
		// From 0, because no rate counts what a series begins with. An address that is no name stays.
		if (Addresses.literal(address.host()).isEmpty()) {
			to.counter(UdpMeters.TARGET_ADDRESS_CHANGES, labels, status.addressChanges());
		}
		if (status.flapping()) {
			to.gauge(UdpMeters.TARGET_FLAPPING, labels, 1);
		}
		to.info(UdpMeters.TARGET_INFO, info(spec, address));
	}

	private static Labels info(TargetSpec spec, HostAndPort address) {
		Map<String, String> labels = new HashMap<>();
		spec.labels().forEach((name, value) -> {
			if (PrometheusNaming.isValidLegacyLabelName(name) && !name.startsWith(INTERNAL)) {
				labels.put(name, value);
			}
		});
		Target.Asks asks = spec.target().asks();
		labels.put(UdpMeters.TARGET, spec.name());
		labels.put(UdpMeters.ADDRESS, address.toString());
		labels.put(UdpMeters.MODULE, (asks != null) ? asks.module() : "");
		return Labels.of(labels.keySet().toArray(String[]::new), labels.values().toArray(String[]::new));
	}

}
