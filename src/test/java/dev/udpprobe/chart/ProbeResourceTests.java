package dev.udpprobe.chart;

import java.io.IOException;
import java.nio.file.Path;

import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * The operator's resource of docs/prometheus.
 */
class ProbeResourceTests {

	private static Manifest probe() throws IOException {
		return new Manifest(Yaml.file(Path.of("docs/prometheus/probe.yaml")));
	}

	@Test
	void isAsTheOperatorWantsIt() throws IOException {
		assertThat(StrictApi.read(probe())).isNotNull();
	}

	@Test
	void anUnknownFieldWouldBeFound() throws IOException {
		Manifest probe = probe();
		probe.mapping("$.spec.prober").put("module", "echo");
		assertThatThrownBy(() -> StrictApi.read(probe)).hasCauseInstanceOf(UnrecognizedPropertyException.class);
	}

	@Test
	void itsProberIsTheServiceOfTheChart() throws IOException {
		Manifest service = Chart.renderAs("probe", "--namespace", "network").one("Service", "http");
		assertThat(probe().text("$.spec.prober.url")).isEqualTo("%s.%s.svc:%s".formatted(service.name(),
				service.text("$.metadata.namespace"), service.text("$.spec.ports[0].port")));
	}

	@Test
	void theRulesKnowItsJob() throws IOException {
		assertThat(probe().text("$.spec.jobName")).startsWith("probe-udp");
	}

}
