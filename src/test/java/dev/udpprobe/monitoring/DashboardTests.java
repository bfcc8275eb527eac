package dev.udpprobe.monitoring;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

class DashboardTests {

	private static final int COLUMNS = 24;

	@ParameterizedTest
	@EnumSource
	void promtoolParsesEveryExpression(MonitoringFiles files, @TempDir Path directory) throws Exception {
		List<String> expressions = files.dashboardExpressions();
		assertThat(expressions).isNotEmpty().noneMatch((expression) -> expression.contains("$"));
		List<Map<String, String>> rules = IntStream.range(0, expressions.size())
				.mapToObj((i) -> Map.of("record", "panel:expression:" + i, "expr", expressions.get(i)))
				.toList();
		Path file = directory.resolve("expressions.yaml");
		Files.writeString(file, JsonMapper.shared()
				.writeValueAsString(Map.of("groups", List.of(Map.of("name", "dashboard", "rules", rules)))));
		Promtool.accepts("", "check", "rules", file.toString());
	}

	@ParameterizedTest
	@EnumSource
	void everyMetricIsInTheCatalogue(MonitoringFiles files) {
		assertThat(files.dashboardExpressions()).allSatisfy((expression) -> assertThat(files.catalogue())
				.containsAll(MetricNames.ours(expression)));
		assertThat(files.dashboard().path("templating").path("list").valueStream())
				.filteredOn((variable) -> MonitoringFiles.text(variable, "type").equals("query"))
				.isNotEmpty()
				.allSatisfy((variable) -> assertThat(
						MetricNames.ours(MonitoringFiles.text(variable, "definition")))
						.isNotEmpty()
						.isSubsetOf(files.catalogue()));
	}

	@ParameterizedTest
	@EnumSource
	void itShowsTheWholeCatalogue(MonitoringFiles files) {
		Set<String> shown = new HashSet<>();
		files.dashboardExpressions().forEach((expression) -> shown.addAll(MetricNames.ours(expression)));
		Set<String> notShown = new HashSet<>(files.catalogue());
		notShown.removeAll(shown);
		assertThat(notShown).containsExactlyInAnyOrderElementsOf(files.notShown());
	}

	@ParameterizedTest
	@EnumSource
	void noTwoPanelsOverlap(MonitoringFiles files) {
		Set<String> taken = new HashSet<>();
		assertThat(files.panels()).isNotEmpty().allSatisfy((panel) -> {
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

	@ParameterizedTest
	@EnumSource
	void everyPanelSaysWhatItShowsAndInWhatUnit(MonitoringFiles files) {
		assertThat(files.panels()).filteredOn((panel) -> !MonitoringFiles.text(panel, "type").equals("row"))
				.isNotEmpty()
				.allSatisfy((panel) -> {
					assertThat(MonitoringFiles.text(panel, "title")).isNotBlank();
					assertThat(MonitoringFiles.text(panel, "description")).isNotBlank();
					assertThat(MonitoringFiles.text(panel.path("fieldConfig").path("defaults"), "unit")).isNotBlank();
				});
	}

	@ParameterizedTest
	@EnumSource
	void nothingInItBelongsToOneInstallation(MonitoringFiles files) {
		JsonNode dashboard = files.dashboard();
		assertThat(dashboard.path("id").isNull()).isTrue();
		assertThat(dashboard.findValues("datasource")).isNotEmpty()
				.allSatisfy((source) -> assertThat(MonitoringFiles.text(source, "uid")).isEqualTo("${datasource}"));
		assertThat(files.panels()).map((panel) -> panel.path("id").asInt()).doesNotHaveDuplicates();
	}

	/**
	 * So that a newer version of a dashboard takes the place of the older one, and of no other.
	 */
	@Test
	void eachHasTheNameThatItAlwaysHad() {
		assertThat(Stream.of(MonitoringFiles.values()).map((files) -> MonitoringFiles.text(files.dashboard(), "uid")))
				.containsExactly("udp-probe", "udp-probe-monitor", "udp-probe-targets");
	}

}
