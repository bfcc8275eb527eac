package dev.udpprobe.chart;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The pods that {@code helm test} runs.
 */
class TestPodTests {

	@ParameterizedTest
	@MethodSource("valueSets")
	void aTestRunsTheReleasesOwnImageAndMountsNothing(List<String> values) {
		Rendered rendered = Chart.render(values.toArray(String[]::new));
		Manifest workload = rendered.workload();
		for (Manifest test : rendered.all("Pod")) {
			for (String key : List.of("image", "imagePullPolicy")) {
				assertThat(test.one("$.spec.containers[0]." + key))
						.isEqualTo(workload.one(Rendered.CONTAINER + "." + key));
			}
			for (String key : List.of("imagePullSecrets", "nodeSelector", "tolerations", "serviceAccountName")) {
				assertThat(test.all("$.spec." + key)).isEqualTo(workload.all("$.spec.template.spec." + key));
			}
			assertThat(test.mapping("$.metadata.annotations")).containsEntry("helm.sh/hook", "test");
			assertThat(test.text("$.metadata.annotations['helm.sh/hook-delete-policy']"))
					.contains("before-hook-creation");
			assertThat(test.one("$.spec.restartPolicy")).isEqualTo("Never");
			assertThat(test.all("$.spec.volumes")).isEmpty();
		}
	}

	static List<List<String>> valueSets() throws IOException {
		return Chart.valueSets().stream().map(List::of).toList();
	}

	@ParameterizedTest
	@CsvSource({"exchange, udp", "refusal, http"})
	void aTestRunsItsScriptAgainstAService(String name, String service) throws IOException {
		Rendered rendered = Chart.render();
		Manifest test = rendered.one("Pod", "test-" + name);
		assertThat(test.text("$.spec.containers[0].args[0]"))
				.isEqualTo(Files.readString(Chart.DIRECTORY.resolve("files").resolve("test-" + name)));
		assertThat(test.one("$.spec.containers[0].env[?(@.name=='SERVICE')].value"))
				.isEqualTo(rendered.one("Service", service).name());
	}

	@ParameterizedTest
	@CsvSource({"'Good day ', 'Good day '", "'', ''", "$(PORT) \\\"x\\\": y, '$$(PORT) \"x\": y'"})
	void theGreetingIsExpectedAsItIsConfiguredWithDollarsDoubledForKubernetes(String greeting, String expected) {
		assertThat(Chart.render("--set-string", "config.echo.greeting=" + greeting)
				.one("Pod", "test-exchange")
				.one("$.spec.containers[0].env[?(@.name=='GREETING')].value")).isEqualTo(expected);
	}

	@ParameterizedTest
	@CsvSource({"env[0].name=UDPPROBE_ECHO_KEY", "config.echo.key=${KEY}"})
	void anExchangeIsNotAskedForWhereTheEchoServerHasAKey(String set) {
		assertThat(Chart.render("--set", set).all("Pod")).extracting(Manifest::name)
				.containsExactly("probe-udp-probe-test-refusal");
	}

	@Test
	void aRefusalIsNotAskedForWhereLoopbackIsNotAllowed() {
		assertThat(Chart.render("--set", "config.client.allowed-targets={10.0.0.0/8}").all("Pod"))
				.extracting(Manifest::name)
				.containsExactly("probe-udp-probe-test-exchange");
	}

}
