package dev.udpprobe.chart;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatNoException;

class RenderTests {

	private static final String NEWEST = "1.36.0";

	@ParameterizedTest
	@MethodSource("valueSetsAndVersions")
	void whatIsRenderedIsWhatTheApiTakes(List<String> arguments) {
		Rendered rendered = Chart.render(arguments.toArray(String[]::new));
		assertThat(rendered.manifests()).isNotEmpty().allSatisfy(RenderTests::assertTaken);
		assertThat(rendered.manifests()).extracting(Manifest::toString).doesNotHaveDuplicates();
	}

	static List<List<String>> valueSetsAndVersions() throws IOException {
		List<List<String>> all = new ArrayList<>();
		for (String[] values : Chart.valueSets()) {
			for (String version : List.of(oldest(), NEWEST)) {
				all.add(Stream.concat(Stream.of("--kube-version", version), Stream.of(values)).toList());
			}
		}
		return all;
	}

	private static String oldest() throws IOException {
		Matcher version = Pattern.compile(">=([0-9.]+)-0")
				.matcher(String.valueOf(Chart.metadata().get("kubeVersion")));
		assertThat(version.matches()).isTrue();
		return version.group(1);
	}

	private static void assertTaken(Manifest manifest) {
		assertThatNoException().as(manifest.toString()).isThrownBy(() -> StrictApi.read(manifest));
	}

	@Test
	void everyKindOfTheChartIsAmongTheOnesRendered() throws IOException {
		List<String> kinds = new ArrayList<>();
		for (String[] values : Chart.valueSets()) {
			kinds.addAll(Chart.render(values).kinds());
		}
		assertThat(kinds).contains("ConfigMap", "DaemonSet", "Deployment", "HorizontalPodAutoscaler", "NetworkPolicy",
				"Pod", "PodDisruptionBudget", "PodMonitor", "PrometheusRule", "Service", "ServiceAccount",
				"ServiceMonitor");
	}

	@Test
	void aKubernetesThatIsTooOldIsRejected() {
		assertThat(Chart.refusal("--kube-version", "1.29.0")).contains("requires kubeVersion", "1.30.0", "v1.29.0");
	}

	@ParameterizedTest
	@ValueSource(strings = {"""
			{apiVersion: v1, kind: Service, metadata: {name: a}, spec: {porst: []}}""", """
			{apiVersion: v1, kind: Service, metadata: {name: a}, spec: {ports: [{port: many}]}}""", """
			{apiVersion: v1, kind: Service, metadata: {name: a}, spec: {ports: [{name: udp}]}}""", """
			{apiVersion: v1, kind: Ingress, metadata: {name: a}}""",
			"""
					{apiVersion: monitoring.coreos.com/v1, kind: PodMonitor, metadata: {name: a}, spec: {podMetricsEndpoints: [{prot: a}]}}""",
			"""
					{apiVersion: monitoring.coreos.com/v1, kind: PodMonitor, metadata: {name: a}, spec: {podMetricsEndpoints: [{port: 8080}]}}""",
			"""
					{apiVersion: monitoring.coreos.com/v1, kind: PrometheusRule, metadata: {name: a}, spec: {groups: [{name: a, rules: [{alrt: a}]}]}}"""})
	void anObjectThatIsWrongIsFound(String text) {
		Manifest manifest = new Manifest(Yaml.documents(text).getFirst());
		assertThatException().isThrownBy(() -> StrictApi.read(manifest));
	}

	@Test
	void aKeyThatIsThereTwiceIsFound() {
		assertThatException().isThrownBy(() -> Yaml.documents("{a: 1, b: {c: 1, c: 2}}"));
	}

}
