package dev.udpprobe.chart;

import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What Helm says after an installation. Only an installation renders that; a dry run on the
 * client needs no cluster.
 */
class NotesTests {

	private static String notes(String... arguments) {
		String[] all = Stream
				.concat(Stream.of("install", "probe", Chart.DIRECTORY.toString(), "--namespace", "network",
						"--dry-run=client", "--output", "json"), Stream.of(arguments))
				.toArray(String[]::new);
		Map<String, Object> release = Yaml.documents(Chart.helm(all).succeeded()).getFirst();
		return new Manifest(release).text("$.info.notes");
	}

	@Test
	void theyNameTheServicesAndPorts() {
		assertThat(notes("--set", "http.port=8181,config.echo.port=7777")).contains(
				"kubectl -n network port-forward service/probe-udp-probe-http 8181",
				"http://localhost:8181", "curl -d message=hello localhost:8181/send",
				"probe-udp-probe-udp.network:7777 (UDP)",
				"helm test probe -n network");
	}

	@ParameterizedTest
	@CsvSource({"ClusterIP, ''", "LoadBalancer, at the address that this shows",
			"NodePort, 'at each node, on the port that this shows'"})
	void theySayHowToReachTheServiceFromOutside(String type, String sentence) {
		String notes = notes("--set", "udpService.type=" + type);
		assertThat(notes).contains(sentence);
		assertThat(notes.contains("From outside")).isEqualTo(!sentence.isEmpty());
	}

	@Test
	void theySayNothingOfAnEchoServerThatIsNotThere() {
		assertThat(notes("--set", "config.echo.enabled=false")).doesNotContain("echo server", "exchange through")
				.contains("helm test probe");
	}

	@Test
	void theySayNothingOfTestsThatAreNotThere() {
		assertThat(notes("--set", "config.client.allowed-targets={10.0.0.0/8}")).contains("exchange through")
				.doesNotContain("refusal", "127.0.0.1:9");
		assertThat(notes("--set", "config.echo.enabled=false,config.client.allowed-targets={10.0.0.0/8}"))
				.doesNotContain("helm test");
	}

}
