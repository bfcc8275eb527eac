package dev.udpprobe.monitoring;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The rules and the dashboard that come with the service.
 */
final class MonitoringFiles {

	static final Path RULES = Path.of("helm/udp-probe/files/rules.yaml");

	static final Path DASHBOARD = Path.of("helm/udp-probe/files/dashboard.json");

	static final Path RUNBOOKS = Path.of("docs/operations.md");

	static final Path RULE_TESTS = Path.of("src/test/prometheus");

	private MonitoringFiles() {}

	static JsonNode yaml(Path file) {
		try (Stream<String> lines = Files.lines(file)) {
			return JsonMapper.shared().valueToTree(new Yaml().load(String.join("\n", lines.toList())));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static List<JsonNode> rules() {
		return yaml(RULES).path("groups")
				.valueStream()
				.flatMap((group) -> group.path("rules").valueStream())
				.toList();
	}

	static List<JsonNode> alerts() {
		return rules().stream().filter((rule) -> rule.has("alert")).toList();
	}

	static List<String> recorded() {
		return rules().stream().filter((rule) -> rule.has("record")).map((rule) -> text(rule, "record")).toList();
	}

	static List<Path> ruleTests() throws IOException {
		try (Stream<Path> files = Files.list(RULE_TESTS)) {
			return files.sorted().toList();
		}
	}

	static JsonNode dashboard() {
		return JsonMapper.shared().readTree(DASHBOARD.toFile());
	}

	static List<JsonNode> panels() {
		return dashboard().path("panels").valueStream().toList();
	}

	/**
	 * The dashboard's expressions, with what Grafana would put for its variables.
	 */
	static List<String> dashboardExpressions() {
		return panels().stream()
				.flatMap((panel) -> panel.path("targets").valueStream())
				.map((target) -> text(target, "expr").replace("$__rate_interval", "30s")
						.replace("$namespace", PrometheusServer.NAMESPACE)
						.replace("$job", "udp-probe")
						.replace("$instance", ".*"))
				.toList();
	}

	static String text(JsonNode node, String field) {
		return node.path(field).asString();
	}

}
