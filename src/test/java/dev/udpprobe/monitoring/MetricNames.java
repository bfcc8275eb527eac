package dev.udpprobe.monitoring;

import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.micrometer.core.instrument.Meter;

import dev.udpprobe.metrics.MeterNames;
import dev.udpprobe.metrics.UdpMeters;

/**
 * The names of metrics in expressions.
 */
final class MetricNames {

	/**
	 * What GET /probe answers, but for the numbers of a module's answers.
	 */
	static final Set<String> OF_PROBES = Set.of("probe_success", "probe_duration_seconds", "probe_timeout_seconds",
			"probe_dns_lookup_time_seconds", "probe_ip_protocol", "probe_ip_addr_hash", "probe_failed_due_to_regex",
			"probe_dns_answer_rrs", "probe_dns_authority_rrs", "probe_dns_additional_rrs",
			"probe_dns_query_succeeded", "probe_dns_duration_seconds", "probe_dns_serial", "probe_udp_outcome",
			"probe_udp_round_trip_seconds", "probe_udp_strays", "probe_udp_tries", "probe_icmp_error_info",
			"probe_udp_info");

	private static final Pattern STRING = Pattern.compile("\"[^\"]*\"");

	private static final Pattern NAME = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*");

	private MetricNames() {}

	/**
	 * All names of this service's metrics in an expression.
	 */
	static List<String> ours(String expression) {
		return words(expression).filter((word) -> word.startsWith("udp_") || word.startsWith("probe_")).toList();
	}

	/**
	 * All names of recorded series in an expression.
	 */
	static List<String> recorded(String expression) {
		return words(expression).filter((word) -> word.contains(":")).toList();
	}

	private static Stream<String> words(String expression) {
		return NAME.matcher(STRING.matcher(expression).replaceAll("")).results().map(MatchResult::group);
	}

	/**
	 * The names of all series that the meters of the catalogue have.
	 */
	static Set<String> ofMeters() {
		return Stream.of(UdpMeters.values()).flatMap(MetricNames::series).collect(Collectors.toSet());
	}

	private static Stream<String> series(UdpMeters meter) {
		String name = MeterNames.inPrometheus(meter);
		return (meter.getType() == Meter.Type.TIMER)
				? Stream.of("_bucket", "_count", "_sum", "_max").map(name::concat)
				: Stream.of(name);
	}

}
