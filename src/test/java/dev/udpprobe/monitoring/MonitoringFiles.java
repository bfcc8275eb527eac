package dev.udpprobe.monitoring;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The rules and the dashboards that come with the service.
 */
enum MonitoringFiles {

	/** On the service itself, of what it measures and of its echo server. */
	SERVICE("rules.yaml", "dashboard.json", "=", "udp-probe"),

	/** On the targets that the service monitors by itself, and its monitor. */
	MONITOR("monitor-rules.yaml", "monitor-dashboard.json", "=", "udp-probe"),

	/** On the targets that Prometheus probes through the service. */
	PROBES("probe-rules.yaml", "probe-dashboard.json", "=~", "probe-udp.*");

	static final Path RUNBOOKS = Path.of("docs/operations.md");

	static final Path RULE_TESTS = Path.of("src/test/prometheus");

	private final Path rules;

	private final Path dashboard;

	private final String comparison;

	private final String jobs;

	MonitoringFiles(String rules, String dashboard, String comparison, String jobs) {
		this.rules = Path.of("helm/udp-probe/files", rules);
		this.dashboard = Path.of("helm/udp-probe/files", dashboard);
		this.comparison = comparison;
		this.jobs = jobs;
	}

	static JsonNode yaml(Path file) {
		try (Stream<String> lines = Files.lines(file)) {
			return JsonMapper.shared().valueToTree(new Yaml().load(String.join("\n", lines.toList())));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	Path ruleFile() {
		return this.rules;
	}

	List<JsonNode> rules() {
		return yaml(this.rules).path("groups")
				.valueStream()
				.flatMap((group) -> group.path("rules").valueStream())
				.toList();
	}

	List<JsonNode> alerts() {
		return rules().stream().filter((rule) -> rule.has("alert")).toList();
	}

	List<String> recorded() {
		return rules().stream().filter((rule) -> rule.has("record")).map((rule) -> text(rule, "record")).toList();
	}

	/**
	 * The matcher of the job that each selector of the rules has.
	 */
	String job() {
		return "job%s\"%s\"".formatted(this.comparison, this.jobs);
	}

	boolean knowsJob(String name) {
		return name.matches(this.jobs);
	}

	static List<Path> ruleTests() throws IOException {
		try (Stream<Path> files = Files.list(RULE_TESTS)) {
			return files.sorted().toList();
		}
	}

	JsonNode dashboard() {
		return JsonMapper.shared().readTree(this.dashboard.toFile());
	}

	List<JsonNode> panels() {
		return dashboard().path("panels").valueStream().toList();
	}

	/**
	 * The dashboard's expressions, with what Grafana would put for its variables.
	 */
	List<String> dashboardExpressions() {
		return panels().stream()
				.flatMap((panel) -> panel.path("targets").valueStream())
				.map((target) -> text(target, "expr").replace("$__rate_interval", "30s")
						.replace("$namespace", PrometheusServer.NAMESPACE)
						.replace("$job", this.jobs)
						.replace("$instance", ".*")
						.replace("$target", ".*"))
				.toList();
	}

	/**
	 * Where their recorded series are explained.
	 */
	Path document() {
		return (this == SERVICE) ? RUNBOOKS : Path.of("docs/prometheus.md");
	}

	/**
	 * The names of all series that these files are about.
	 */
	Set<String> catalogue() {
		return switch (this) {
			case SERVICE -> MetricNames.ofService();
			case MONITOR -> MetricNames.ofMonitor();
			case PROBES -> MetricNames.ofProbes();
		};
	}

	/**
	 * Those of them that the dashboard does not show.
	 */
	Set<String> notShown() {
		return (this == SERVICE)
				? Set.of("udp_client_round_trip_seconds_count", "udp_client_round_trip_seconds_sum",
						"udp_client_round_trip_seconds_max")
				: Set.of();
	}

	static String text(JsonNode node, String field) {
		return node.path(field).asString();
	}

}
