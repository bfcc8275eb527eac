package dev.udpprobe.monitoring;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

class DashboardTests {

	private static final int COLUMNS = 24;

	@Test
	void promtoolParsesEveryExpression(@TempDir Path directory) throws Exception {
		List<String> expressions = MonitoringFiles.dashboardExpressions();
		assertThat(expressions).isNotEmpty().noneMatch((expression) -> expression.contains("$"));
		List<Map<String, String>> rules = IntStream.range(0, expressions.size())
				.mapToObj((i) -> Map.of("record", "panel:expression:" + i, "expr", expressions.get(i)))
				.toList();
		Path file = directory.resolve("expressions.yaml");
		Files.writeString(file, JsonMapper.shared()
				.writeValueAsString(Map.of("groups", List.of(Map.of("name", "dashboard", "rules", rules)))));
		Promtool.accepts("", "check", "rules", file.toString());
	}

	@Test
	void everyMetricIsInTheCatalogue() {
		assertThat(MonitoringFiles.dashboardExpressions())
				.allSatisfy((expression) -> assertThat(MetricNames.inCatalogue())
						.containsAll(MetricNames.ours(expression)));
		assertThat(MonitoringFiles.dashboard().path("templating").path("list").valueStream())
				.filteredOn((variable) -> MonitoringFiles.text(variable, "type").equals("query"))
				.hasSize(3)
				.allSatisfy((variable) -> assertThat(
						MetricNames.ours(MonitoringFiles.text(variable, "definition")))
						.isNotEmpty()
						.isSubsetOf(MetricNames.inCatalogue()));
	}

	@Test
	void itShowsTheWholeCatalogue() {
		Set<String> shown = new HashSet<>();
		MonitoringFiles.dashboardExpressions().forEach((expression) -> shown.addAll(MetricNames.ours(expression)));
		Set<String> notShown = new HashSet<>(MetricNames.inCatalogue());
		notShown.removeAll(shown);
		assertThat(notShown).containsExactlyInAnyOrder("udp_client_round_trip_seconds_count",
				"udp_client_round_trip_seconds_sum", "udp_client_round_trip_seconds_max");
	}

	@Test
	void noTwoPanelsOverlap() {
		Set<String> taken = new HashSet<>();
		assertThat(MonitoringFiles.panels()).isNotEmpty().allSatisfy((panel) -> {
			JsonNode place = panel.path("gridPos");
			int left = place.path("x").asInt();
			int top = place.path("y").asInt();
			assertThat(left + place.path("w").asInt()).isBetween(left + 1, COLUMNS);
			assertThat(place.path("h").asInt()).isPositive();
			for (int x = left; x < left + place.path("w").asInt(); x++) {
				for (int y = top; y < top + place.path("h").asInt(); y++) {
					assertThat(taken.add(x + "," + y)).as(MonitoringFiles.text(panel, "title")).isTrue();
				}
			}
		});
	}

	@Test
	void everyPanelSaysWhatItShowsAndInWhatUnit() {
		assertThat(MonitoringFiles.panels())
				.filteredOn((panel) -> !MonitoringFiles.text(panel, "type").equals("row"))
				.isNotEmpty()
				.allSatisfy((panel) -> {
					assertThat(MonitoringFiles.text(panel, "title")).isNotBlank();
					assertThat(MonitoringFiles.text(panel, "description")).isNotBlank();
					assertThat(MonitoringFiles.text(panel.path("fieldConfig").path("defaults"), "unit")).isNotBlank();
				});
	}

	@Test
	void nothingInItBelongsToOneInstallation() {
		JsonNode dashboard = MonitoringFiles.dashboard();
		assertThat(MonitoringFiles.text(dashboard, "uid")).isEqualTo("udp-probe");
		assertThat(dashboard.path("id").isNull()).isTrue();
		assertThat(dashboard.findValues("datasource")).isNotEmpty()
				.allSatisfy((source) -> assertThat(MonitoringFiles.text(source, "uid")).isEqualTo("${datasource}"));
		assertThat(MonitoringFiles.panels()).map((panel) -> panel.path("id").asInt()).doesNotHaveDuplicates();
	}

}
