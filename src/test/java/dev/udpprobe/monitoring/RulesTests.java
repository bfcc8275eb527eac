package dev.udpprobe.monitoring;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

class RulesTests {

	/** Where a selector starts: a metric's name that no bracket of a function or a list of labels follows. */
	private static final Pattern SELECTOR = Pattern
			.compile("\\b(?:up|[a-z]+(?:_[a-z0-9]+)*_[a-z0-9_:]+)\\b(?!\\s*\\()");

	private static final Pattern GROUPING = Pattern.compile("\\b(?:by|on|ignoring|without|group_left)\\s*\\([^)]*\\)");

	@ParameterizedTest
	@EnumSource
	void promtoolFindsNoMistake(MonitoringFiles files) throws Exception {
		Promtool.accepts("", "check", "rules", files.ruleFile().toString());
	}

	@Test
	void everyUnitTestPasses() throws Exception {
		List<String> files = MonitoringFiles.ruleTests().stream().map(Path::toString).toList();
		assertThat(files).isNotEmpty();
		Promtool.accepts("", Stream.concat(Stream.of("test", "rules"), files.stream()).toArray(String[]::new));
	}

	@ParameterizedTest
	@EnumSource
	void everyAlertFiresInOneUnitTestAndIsSilentInAnother(MonitoringFiles files) throws IOException {
		List<JsonNode> tests = MonitoringFiles.ruleTests()
				.stream()
				.flatMap((file) -> MonitoringFiles.yaml(file).path("tests").valueStream())
				.flatMap((test) -> test.path("alert_rule_test").valueStream())
				.toList();
		assertThat(files.alerts()).isNotEmpty().allSatisfy((alert) -> {
			String name = MonitoringFiles.text(alert, "alert");
			assertThat(tests).filteredOn((test) -> MonitoringFiles.text(test, "alertname").equals(name))
					.as(name)
					.anyMatch((test) -> !test.path("exp_alerts").isEmpty())
					.anyMatch((test) -> test.path("exp_alerts").isEmpty());
		});
	}

	/**
	 * Those of the documents and of the dashboard.
	 */
	@Test
	void theUnitTestsHaveTheExpressionsOfIcmpErrors() throws IOException {
		Stream<String> documented = Pattern.compile("(?<=```promql\n).*?(?=```)", Pattern.DOTALL)
				.matcher(Files.readString(MonitoringFiles.RUNBOOKS))
				.results()
				.map(MatchResult::group);
		Stream<String> shown = MonitoringFiles.SERVICE.dashboardExpressions()
				.stream()
				.filter((expression) -> MetricNames.ours(expression).contains("udp_client_icmp_errors_total"))
				.map((expression) -> expression.replaceAll("\\{[^}]*\\}", "").replace("30s", "5m"));
		assertThat(MonitoringFiles.yaml(MonitoringFiles.RULE_TESTS.resolve("icmp-test.yaml"))
				.findValuesAsString("expr")
				.stream()
				.map(RulesTests::withoutSpaces)
				.distinct())
				.containsExactlyElementsOf(Stream.concat(documented, shown).map(RulesTests::withoutSpaces).toList());
	}

	private static String withoutSpaces(String expression) {
		return expression.replaceAll("\\s", "");
	}

	/**
	 * So that an installation can put its own name in its place.
	 */
	@ParameterizedTest
	@EnumSource
	void everySelectorNamesTheJob(MonitoringFiles files) {
		assertThat(files.rules()).isNotEmpty().allSatisfy((rule) -> {
			String expression = GROUPING.matcher(MonitoringFiles.text(rule, "expr")).replaceAll("");
			List<MatchResult> selectors = SELECTOR.matcher(expression.replaceAll("\\{[^}]*\\}", "{}")).results()
					.toList();
			assertThat(selectors).isNotEmpty();
			assertThat(selectors).map(MatchResult::group)
					.allSatisfy((name) -> assertThat(
							Pattern.compile("\\b" + name + "\\b").matcher(expression).results())
							.allSatisfy((place) -> assertThat(expression.substring(place.end()))
									.startsWith("{" + files.job())));
		});
	}

	/**
	 * So that an installation can put another threshold in its place.
	 */
	@ParameterizedTest
	@EnumSource
	void everyAlertEndsWithItsThreshold(MonitoringFiles files) {
		assertThat(files.alerts())
				.allSatisfy((alert) -> assertThat(MonitoringFiles.text(alert, "expr"))
						.matches("(?s).*\\s(<|>|<=|>=|==) [0-9]+(\\.[0-9]+)?"));
	}

	@ParameterizedTest
	@EnumSource
	void everyAlertWaitsAndSaysHowBadAndWhatItIs(MonitoringFiles files) {
		assertThat(files.alerts()).allSatisfy((alert) -> {
			assertThat(MonitoringFiles.text(alert, "for")).matches("[1-9][0-9]*m");
			assertThat(MonitoringFiles.text(alert.path("labels"), "severity")).isIn("critical", "warning", "info");
			JsonNode annotations = alert.path("annotations");
			assertThat(MonitoringFiles.text(annotations, "summary")).isNotBlank();
			assertThat(MonitoringFiles.text(annotations, "description")).contains("$value | humanize");
		});
	}

	@Test
	void everyAlertHasARunbook() throws IOException {
		assertThat(Files.readAllLines(MonitoringFiles.RUNBOOKS))
				.filteredOn((line) -> line.startsWith("### Udp"))
				.containsExactlyInAnyOrderElementsOf(Stream.of(MonitoringFiles.values())
						.flatMap((files) -> files.alerts().stream())
						.map((alert) -> "### " + MonitoringFiles.text(alert, "alert"))
						.toList());
	}

	@Test
	void thePageOnPrometheusListsTheAlertsOnTargets() throws IOException {
		assertThat(Files.readAllLines(MonitoringFiles.PROBES.document()).stream()
				.filter((line) -> line.startsWith("| [Udp"))
				.map((line) -> line.substring("| [".length(), line.indexOf(']'))))
				.containsExactlyElementsOf(Stream.of(MonitoringFiles.PROBES, MonitoringFiles.MONITOR)
						.flatMap((files) -> files.alerts().stream())
						.map((alert) -> MonitoringFiles.text(alert, "alert"))
						.toList());
	}

	@ParameterizedTest
	@EnumSource
	void everyRecordedSeriesHasAMeaning(MonitoringFiles files) throws IOException {
		List<String> lines = Files.readAllLines(files.document());
		assertThat(files.recorded()).allSatisfy(
				(recorded) -> assertThat(lines).anyMatch((line) -> line.startsWith("| `" + recorded + "` |")));
	}

	@ParameterizedTest
	@EnumSource
	void everyMetricIsInTheCatalogueOrRecorded(MonitoringFiles files) {
		assertThat(files.rules()).allSatisfy((rule) -> {
			String expression = MonitoringFiles.text(rule, "expr");
			assertThat(files.catalogue()).containsAll(MetricNames.ours(expression));
			assertThat(files.recorded()).containsAll(MetricNames.recorded(expression));
		});
	}

}
