package dev.udpprobe.metrics;

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
	 * The client library, not the convention, adds what the names of counters end in.
	 */
	public static String inPrometheus(UdpMeters meter) {
		String name = CONVENTION.name(meter.getName(), meter.getType());
		return (meter.getType() == Meter.Type.COUNTER) ? name + "_total" : name;
	}

	/**
	 * Whether this system has what it counts.
	 */
	static boolean isHere(UdpMeters meter) {
		return meter != UdpMeters.ECHO_KERNEL_DROPS || KernelDrops.known();
	}

}
