package dev.udpprobe.metrics;

import java.util.stream.Stream;

import io.micrometer.core.instrument.Meter;
import io.micrometer.prometheusmetrics.PrometheusNamingConvention;

import dev.udpprobe.linux.KernelDrops;

/**
 * What the meters of the catalogue are called in Prometheus.
 */
public final class MeterNames {

	private static final PrometheusNamingConvention CONVENTION = new PrometheusNamingConvention();

	private MeterNames() {}

	/**
	 * The client library, not the convention, adds what the names of counters end in, and those of metrics for the sake of labels.
	 */
	public static String inPrometheus(UdpMeters meter) {
		String name = CONVENTION.name(meter.getName(), meter.getType());
		if (meter.getType() == Meter.Type.COUNTER) {
			return name + "_total";
		}
		return meter.getName().endsWith(".info") ? name + "_info" : name;
	}

	/**
	 * What Prometheus calls the type of its metric.
	 */
	static String type(UdpMeters meter) {
		return switch (meter.getType()) {
			case COUNTER -> "counter";
			case GAUGE -> "gauge";
			case DISTRIBUTION_SUMMARY -> "summary";
			case TIMER, OTHER -> "histogram";
			case LONG_TASK_TIMER -> throw new IllegalArgumentException(meter.getName());
		};
	}

	/**
	 * The names of its series.
	 */
	public static Stream<String> series(UdpMeters meter) {
		String name = inPrometheus(meter);
		return switch (meter.getType()) {
			case COUNTER, GAUGE -> Stream.of(name);
			case DISTRIBUTION_SUMMARY -> Stream.of(name + "_count", name + "_sum");
			case OTHER -> Stream.of(name + "_bucket", name + "_count", name + "_sum");
			case TIMER -> Stream.of(name + "_bucket", name + "_count", name + "_sum", name + "_max");
			case LONG_TASK_TIMER -> throw new IllegalArgumentException(meter.getName());
		};
	}

	/**
	 * The lines that tell what it is.
	 */
	static Stream<String> metadata(UdpMeters meter) {
		String name = inPrometheus(meter);
		return Stream.of("# HELP %s %s".formatted(name, meter.description()),
				"# TYPE %s %s".formatted(name, type(meter)));
	}

	/**
	 * Whether only the monitor's targets have it.
	 */
	static boolean isOfTargets(UdpMeters meter) {
		return meter.getName().startsWith("udp.target.");
	}

	/**
	 * Whether only the monitor and its targets have it.
	 */
	public static boolean isOfMonitor(UdpMeters meter) {
		return isOfTargets(meter) || meter.getName().startsWith("udp.monitor.");
	}

	/**
	 * Whether this system has what it counts.
	 */
	static boolean isHere(UdpMeters meter) {
		return meter != UdpMeters.ECHO_KERNEL_DROPS || KernelDrops.known();
	}

}
