package dev.udpprobe.chart;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Everything that selects pods selects those of the workload, and no others of the release.
 */
class SelectorTests {

	private static final List<String> SELECTORS = List.of("$.spec.podSelector.matchLabels",
			"$.spec.template.spec.topologySpreadConstraints[*].labelSelector.matchLabels");

	@ParameterizedTest
	@MethodSource("valueSets")
	void everySelectorSelectsThePodsOfTheWorkloadAlone(List<String> values) {
		Rendered rendered = Chart.render(values.toArray(String[]::new));
		Map<String, Object> pod = rendered.workload().mapping("$.spec.template.metadata.labels");
		for (Manifest manifest : rendered.manifests()) {
			assertThat(selectors(manifest)).as(manifest.toString()).allSatisfy((selector) -> {
				assertThat(selector).isNotEmpty();
				assertThat(pod).containsAllEntriesOf(selector);
				assertThat(rendered.all("Pod")).noneSatisfy((other) -> assertThat(other.mapping("$.metadata.labels"))
						.containsAllEntriesOf(selector));
			});
		}
	}

	static List<List<String>> valueSets() throws IOException {
		return Chart.valueSets().stream().map(List::of).toList();
	}

	private static List<Map<String, Object>> selectors(Manifest manifest) {
		List<String> own = switch (manifest.kind()) {
			case "Service" -> List.of("$.spec.selector");
			case "Deployment", "DaemonSet", "PodDisruptionBudget", "PodMonitor" ->
				List.of("$.spec.selector.matchLabels");
			default -> List.of();
		};
		return Stream.concat(own.stream(), SELECTORS.stream())
				.flatMap((path) -> manifest.all(path).stream())
				.map(Yaml::mapping)
				.toList();
	}

	@Test
	void thereIsASelectorForEachKindThatHasOne() throws IOException {
		List<String> kinds = Chart.valueSets()
				.stream()
				.flatMap((values) -> Chart.render(values).manifests().stream())
				.filter((manifest) -> !selectors(manifest).isEmpty())
				.map(Manifest::kind)
				.toList();
		assertThat(kinds).contains("DaemonSet", "Deployment", "NetworkPolicy", "PodDisruptionBudget", "PodMonitor",
				"Service");
	}

	@Test
	void theServiceMonitorSelectsTheServiceOfTheMetricsAlone() {
		Rendered rendered = Chart.render(Chart.values("monitoring"));
		Map<String, Object> selector = rendered.one("ServiceMonitor").mapping("$.spec.selector.matchLabels");
		assertThat(rendered.all("Service"))
				.filteredOn(
						(service) -> service.mapping("$.metadata.labels").entrySet().containsAll(selector.entrySet()))
				.extracting(Manifest::name)
				.containsExactly(rendered.name() + "-metrics");
	}

	@Test
	void theSelectorStaysWhenVersionsAndLabelsChange() {
		String path = "$.spec.selector.matchLabels";
		assertThat(Chart.render("--set", "image.tag=other,commonLabels.a=b,podLabels.c=d").workload().mapping(path))
				.isEqualTo(Chart.render().workload().mapping(path));
	}

	@Test
	void twoReleasesSelectDifferentPods() {
		assertThat(Chart.renderAs("other").workload().mapping("$.spec.selector.matchLabels"))
				.isNotEqualTo(Chart.render().workload().mapping("$.spec.selector.matchLabels"));
	}

	@Test
	void commonLabelsAreOnEveryObject() {
		Rendered rendered = Chart.render(Stream
				.of(Chart.values("monitoring"), Chart.values("network-policy"), Chart.values("autoscaling"))
				.flatMap(Stream::of)
				.toArray(String[]::new));
		assertThat(rendered.manifests()).hasSizeGreaterThan(10)
				.allSatisfy((manifest) -> assertThat(manifest.mapping("$.metadata.labels")).containsEntry("team",
						"network"));
		assertThat(rendered.workload().mapping("$.spec.template.metadata.labels")).containsEntry("team", "network");
	}

	@Test
	void aLabelOfOneObjectWinsOverTheCommonOne() {
		Rendered rendered = Chart.render("--set", """
				commonLabels.of=all,podLabels.of=pod,monitoring.monitor=pod,monitoring.labels.of=monitor,\
				monitoring.dashboard.enabled=true,monitoring.dashboard.labels.of=dashboard,\
				monitoring.rules.enabled=true,monitoring.rules.labels.of=rules""");
		assertThat(rendered.one("Service", "http").one("$.metadata.labels.of")).isEqualTo("all");
		assertThat(rendered.workload().one("$.spec.template.metadata.labels.of")).isEqualTo("pod");
		assertThat(rendered.one("PodMonitor").one("$.metadata.labels.of")).isEqualTo("monitor");
		assertThat(rendered.one("ConfigMap", "dashboard").one("$.metadata.labels.of")).isEqualTo("dashboard");
		assertThat(rendered.one("PrometheusRule").one("$.metadata.labels.of")).isEqualTo("rules");
	}

}
