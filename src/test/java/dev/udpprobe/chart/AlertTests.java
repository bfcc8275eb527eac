package dev.udpprobe.chart;

import java.io.IOException;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class AlertTests {

	private static final String EXPR = "$.spec.groups[*].rules[?(@.alert=='%s')].expr";

	@Test
	void theSchemaKnowsEveryAlert() throws IOException {
		Manifest rules = new Manifest(Yaml.file(Chart.DIRECTORY.resolve("files").resolve("rules.yaml")));
		assertThat(Schema.ofValues().at("monitoring", "rules", "alerts").properties().keySet())
				.containsExactlyInAnyOrderElementsOf(
						rules.all("$.groups[*].rules[*].alert").stream().map(String::valueOf).toList());
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
	void theDashboardIsTheFileAsItIs() throws IOException {
		Manifest dashboard = Chart.render("--set", "monitoring.dashboard.enabled=true").one("ConfigMap", "dashboard");
		assertThat(Yaml.documents(dashboard.text("$.data['udp-probe.json']")))
				.containsExactly(Yaml.file(Chart.DIRECTORY.resolve("files").resolve("dashboard.json")));
		assertThat(dashboard.one("$.metadata.labels.grafana_dashboard")).isEqualTo("1");
	}

}
