package dev.udpprobe.metrics;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Exemplars;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.Quantiles;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import io.prometheus.metrics.model.snapshots.SummarySnapshot.SummaryDataPointSnapshot;

import dev.udpprobe.monitor.HistogramCounts;

/**
 * What one scrape finds, by meters of the catalogue. A meter without a sample is left out.
 */
final class Samples {

	private static final String INFO = "_info";

	private final Map<UdpMeters, List<GaugeDataPointSnapshot>> gauges = new EnumMap<>(UdpMeters.class);

	private final Map<UdpMeters, List<CounterDataPointSnapshot>> counters = new EnumMap<>(UdpMeters.class);

	private final Map<UdpMeters, List<SummaryDataPointSnapshot>> summaries = new EnumMap<>(UdpMeters.class);

	private final Map<UdpMeters, List<HistogramDataPointSnapshot>> histograms = new EnumMap<>(UdpMeters.class);

	private final Map<UdpMeters, List<InfoDataPointSnapshot>> infos = new EnumMap<>(UdpMeters.class);

	void gauge(UdpMeters meter, Labels labels, double value) {
		add(this.gauges, meter, new GaugeDataPointSnapshot(value, labels, null));
	}

	void gauge(UdpMeters meter, Labels labels, Instant time) {
		gauge(meter, labels, time.toEpochMilli() / 1e3);
	}

	void counter(UdpMeters meter, Labels labels, long value) {
		add(this.counters, meter, new CounterDataPointSnapshot(value, labels, null, 0));
	}

	void summary(UdpMeters meter, Labels labels, long count, double sum) {
		add(this.summaries, meter,
				new SummaryDataPointSnapshot(count, sum, Quantiles.EMPTY, labels, Exemplars.EMPTY, 0));
	}

	void histogram(UdpMeters meter, Labels labels, HistogramCounts counts) {
		List<Double> bounds = Stream
				.concat(counts.bounds().stream().map((bound) -> bound.toNanos() / 1e9),
						Stream.of(Double.POSITIVE_INFINITY))
				.toList();
		add(this.histograms, meter, new HistogramDataPointSnapshot(ClassicHistogramBuckets.of(bounds, counts.counts()),
				counts.sumNanos() / 1e9, labels, Exemplars.EMPTY, 0));
	}

	/**
	 * A gauge of 1, for the sake of its labels.
	 */
	void info(UdpMeters meter, Labels labels) {
		add(this.infos, meter, new InfoDataPointSnapshot(labels));
	}

	private static <S> void add(Map<UdpMeters, List<S>> to, UdpMeters meter, S sample) {
		to.computeIfAbsent(meter, (_) -> new ArrayList<>()).add(sample);
	}

	MetricSnapshots snapshots() {
		Stream.Builder<MetricSnapshot> all = Stream.builder();
		this.gauges.forEach((meter, samples) -> all.add(new GaugeSnapshot(metadata(meter), samples)));
		this.counters.forEach((meter, samples) -> all.add(new CounterSnapshot(metadata(meter), samples)));
		this.summaries.forEach((meter, samples) -> all.add(new SummarySnapshot(metadata(meter), samples)));
		this.histograms.forEach((meter, samples) -> all.add(new HistogramSnapshot(metadata(meter), samples)));
		this.infos.forEach((meter, samples) -> all.add(new InfoSnapshot(metadata(meter), samples)));
		return new MetricSnapshots(all.build().toList());
	}

	private static MetricMetadata metadata(UdpMeters meter) {
		String name = meter.getName().replace('.', '_');
		String base = name.endsWith(INFO) ? name.substring(0, name.length() - INFO.length()) : name;
		return new MetricMetadata(base, meter.description());
	}

}
