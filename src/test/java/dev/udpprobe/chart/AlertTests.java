package dev.udpprobe.chart;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class AlertTests {

	private static final String EXPR = "$.spec.groups[*].rules[?(@.alert=='%s')].expr";

	private static final Path FILES = Chart.DIRECTORY.resolve("files");

	@Test
	void theSchemaKnowsEveryAlert() throws IOException {
		assertThat(Schema.ofValues().at("monitoring", "rules", "alerts").properties().keySet())
				.containsExactlyInAnyOrderElementsOf(
						Stream.concat(alertsOfTheService().stream(), alerts("probe-rules.yaml").stream()).toList());
	}

	private static List<String> alertsOfTheService() throws IOException {
		return Stream.concat(alerts("rules.yaml").stream(), alerts("monitor-rules.yaml").stream()).toList();
	}

	private static List<String> alerts(String file) throws IOException {
		return new Manifest(Yaml.file(FILES.resolve(file))).all("$.groups[*].rules[*].alert")
				.stream()
				.map(String::valueOf)
				.toList();
	}

	@Test
	void everyRuleLooksAtTheReleaseAlone() {
		Manifest rule = Chart.renderAs("other", "--set", "monitoring.rules.enabled=true", "--namespace", "network")
				.one("PrometheusRule");
		assertThat(rule.all("$.spec.groups[*].rules[*].expr")).isNotEmpty()
				.allSatisfy((expr) -> assertThat(String.valueOf(expr))
						.contains("job=\"other-udp-probe\", namespace=\"network\"")
						.doesNotContain("job=\"udp-probe\""));
	}

	@Test
	void theMonitorSetsTheJobThatTheRulesLookFor() {
		Rendered rendered = Chart.renderAs("other", "--set", "monitoring.monitor=pod,monitoring.rules.enabled=true");
		String job = rendered.one("PodMonitor")
				.text("$.spec.podMetricsEndpoints[0].relabelings[?(@.targetLabel=='job')].replacement");
		assertThat(rendered.one("PrometheusRule").text(EXPR.formatted("UdpProbeDown")))
				.contains("job=\"%s\"".formatted(job));
	}

	@Test
	void anAlertCanBeChangedOrLeftOut() {
		Manifest before = Chart.render("--set", "monitoring.rules.enabled=true").one("PrometheusRule");
		Manifest after = Chart.render(Chart.values("monitoring")).one("PrometheusRule");
		String refusals = "$.spec.groups[*].rules[?(@.alert=='UdpProbeRefusals')]";
		assertThat(before.text(EXPR.formatted("UdpProbeRefusals"))).endsWith("> 0.05");
		assertThat(after.text(EXPR.formatted("UdpProbeRefusals")))
				.isEqualTo(before.text(EXPR.formatted("UdpProbeRefusals")).replaceFirst("0\\.05$", "0.25"));
		assertThat(after.one(refusals + ".for")).isEqualTo("15m");
		assertThat(after.one(refusals + ".labels.severity")).isEqualTo("critical");
		assertThat(after.one(refusals + ".annotations.runbook_url"))
				.isEqualTo("https://docs.example/udp-probe/operations.html#udpproberefusals");
		assertThat(before.all("$..runbook_url")).isEmpty();
		assertThat(before.all(EXPR.formatted("UdpProbeNoTraffic"))).hasSize(1);
		assertThat(after.all(EXPR.formatted("UdpProbeNoTraffic"))).isEmpty();
	}

	@Test
	void theRulesOfProbesAreThereForTheJobsThatScrapeThem() throws IOException {
		String enabled = "monitoring.rules.enabled=true";
		String paths = "$.spec.groups[*].rules[*].alert";
		Manifest without = Chart.render("--set", enabled).one("PrometheusRule");
		Manifest with = Chart.render("--set", enabled + ",monitoring.rules.probeJobs=udp/.+")
				.one("PrometheusRule");
		assertThat(without.all(paths).stream().map(String::valueOf))
				.containsExactlyElementsOf(alertsOfTheService());
		assertThat(with.all(paths)).hasSize(alertsOfTheService().size() + alerts("probe-rules.yaml").size());
		assertThat(with.text(EXPR.formatted("UdpTargetSlow"))).contains("{job=~\"udp/.+\"}");
		assertThat(with.all("$.spec.groups[*].rules[*].expr"))
				.noneMatch((expr) -> expr.toString().contains("probe-udp."));
	}

	@ParameterizedTest
	@CsvSource({"udp-probe, dashboard.json", "udp-probe-monitor, monitor-dashboard.json",
			"udp-probe-targets, probe-dashboard.json"})
	void eachDashboardIsItsFileAsItIs(String key, String file) throws IOException {
		Manifest dashboard = Chart.render("--set", "monitoring.dashboard.enabled=true").one("ConfigMap", "dashboard");
		assertThat(Yaml.documents(dashboard.text("$.data['%s.json']".formatted(key))))
				.containsExactly(Yaml.file(FILES.resolve(file)));
		assertThat(dashboard.one("$.metadata.labels.grafana_dashboard")).isEqualTo("1");
	}

}
