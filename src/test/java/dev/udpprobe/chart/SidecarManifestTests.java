package dev.udpprobe.chart;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * The manifest of a pod with udp-probe as a sidecar is what the API takes, and its containers are run as the chart runs its own.
 */
class SidecarManifestTests {

	private static final String SIDECAR = "$.spec.containers[?(@.name == 'udp-probe')]";

	private static final String SERVER = "$.spec.containers[?(@.name == 'server')]";

	private static Manifest pod() throws IOException {
		return new Manifest(Yaml.file(Path.of("docs", "kubernetes", "sidecar.yaml")));
	}

	@Test
	void isWhatTheApiTakes() throws IOException {
		Manifest pod = pod();
		assertThatNoException().isThrownBy(() -> StrictApi.read(pod));
		assertThat(pod.kind()).isEqualTo("Pod");
	}

	@ParameterizedTest
	@ValueSource(strings = {"image", "securityContext", "resources", "startupProbe", "livenessProbe", "readinessProbe"})
	void theSidecarIsAsTheChartsContainer(String part) throws IOException {
		Manifest chart = Chart.render("--set", "image.repository=registry.example/udp-probe").workload();
		Object expected = chart.one("$.spec.template.spec.containers[0]." + part);
		assertThat(pod().one(SIDECAR + "." + part)).isEqualTo(expected);
		if (List.of("image", "securityContext", "resources").contains(part)) {
			assertThat(pod().one(SERVER + "." + part)).isEqualTo(expected);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = {"securityContext", "automountServiceAccountToken", "enableServiceLinks"})
	void thePodIsAsTheCharts(String part) throws IOException {
		assertThat(pod().one("$.spec." + part))
				.isEqualTo(Chart.render().workload().one("$.spec.template.spec." + part));
	}

	@Test
	void theServersProbesAskTheSidecarForWhatItMaySendTo() throws IOException {
		Manifest pod = pod();
		String port = pod.text(SIDECAR + ".env[?(@.name == 'SERVER_PORT')].value");
		String target = pod.text(SIDECAR + ".env[?(@.name == 'UDPPROBE_CLIENT_ALLOWEDTARGETS')].value");
		assertThat(pod.all(SERVER + "..httpGet")).hasSize(3).allSatisfy((probe) -> assertThat(Yaml.mapping(probe))
				.hasToString("{path=/check?target=%s&module=echo, port=%s}".formatted(target, port)));
		assertThat(target).endsWith(":" + pod.text(SERVER + ".ports[0].containerPort"));
		// A kubelet's own time-out of 1 s is that of the module, which then could not say anything.
		assertThat(pod.all(SERVER + "..timeoutSeconds")).hasSize(3).containsOnly(3);
	}

}
