package dev.udpprobe.monitoring;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.udpprobe.metrics.MeterNames;
import dev.udpprobe.metrics.UdpMeters;

/**
 * The names of metrics in expressions.
 */
final class MetricNames {

	/** In the first cell of a row. */
	private static final Pattern OF_PROBE = Pattern.compile("(?m)^\\| [^|]*\\|");

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
	 * What docs/metrics.md says that GET /probe answers, but for the numbers of a module's answers.
	 */
	static Set<String> ofProbes() {
		return OF_PROBE.matcher(Promtool.read(Path.of("docs/metrics.md")))
				.results()
				.flatMap((cell) -> words(cell.group()))
				.filter((word) -> word.startsWith("probe_"))
				.collect(Collectors.toSet());
	}

	/**
	 * The names of all series that the monitor's meters of the catalogue have.
	 */
	static Set<String> ofMonitor() {
		return series(MeterNames::isOfMonitor);
	}

	/**
	 * The names of all series that the other meters have.
	 */
	static Set<String> ofService() {
		return series(Predicate.not(MeterNames::isOfMonitor));
	}

	private static Set<String> series(Predicate<UdpMeters> which) {
		return Stream.of(UdpMeters.values()).filter(which).flatMap(MeterNames::series).collect(Collectors.toSet());
	}

}
