package dev.udpprobe.monitoring;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A real Prometheus scrapes the real service and evaluates the rules and the dashboard.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PrometheusServerTests extends MonitoredTests {

	private PrometheusServer prometheus;

	private Traffic traffic;

	@RegisterExtension
	AfterTestExecutionCallback showLog = (context) -> {
		if (context.getExecutionException().isPresent()) {
			System.err.println(this.prometheus.log());
		}
	};

	@BeforeAll
	void start(@TempDir Path directory) throws Exception {
		this.traffic = new Traffic(this.port, this.echoServer.port());
		this.prometheus = PrometheusServer.ofService(directory, this.port);
	}

	@AfterAll
	void stop() {
		if (this.prometheus != null) {
			this.prometheus.close();
		}
	}

	private static ConditionFactory awaiting() {
		return await().atMost(Duration.ofSeconds(90)).pollInterval(Duration.ofMillis(500));
	}

	@Test
	void everyExpressionOfTheDashboardYieldsData() {
		awaiting().untilAsserted(() -> {
			this.traffic.round();
			for (String expression : MonitoringFiles.SERVICE.dashboardExpressions()) {
				assertThat(this.prometheus.query(expression)).as(expression).isNotEmpty();
			}
		});
	}

	@Test
	void whatHappenedIsCountedExactly() {
		awaiting().untilAsserted(() -> {
			this.traffic.round();
			assertThat(this.prometheus.query("udp_client_refused_total{target=\"closed\"} > 0")).hasSize(1);
		});
		List<String> counters = List.of("udp_client_refused_total{target=\"closed\"}",
				"sum(udp_client_refused_total{target!=\"ad-hoc\"})",
				"udp_client_exchanges_total{target=\"closed\",outcome=\"refused\"}",
				"udp_client_exchanges_total{target=\"silent\",outcome=\"timed-out\"}",
				"udp_echo_datagrams_dropped_total{reason=\"oversized\"}", "udp_echo_farewells_total");
		double rounds = this.traffic.rounds();
		awaiting().untilAsserted(() -> {
			for (String counter : counters) {
				assertThat(this.prometheus.query(counter)).as(counter).containsExactly(rounds);
			}
		});
	}

	@Test
	void theRecordingRulesTellSharesAndSuccess() {
		String share = "namespace_job_target_outcome:udp_client_exchanges:ratio_rate5m{namespace=\"net\",%s}";
		String success = "namespace_job_target:udp_client_replied:ratio_rate5m{namespace=\"net\",target=\"%s\"}";
		awaiting().untilAsserted(() -> {
			this.traffic.round();
			for (String name : MonitoringFiles.SERVICE.recorded()) {
				assertThat(this.prometheus.query(name)).as(name).isNotEmpty();
			}
			assertThat(this.prometheus.query(share.formatted("target=\"closed\",outcome=\"refused\"")))
					.containsExactly(1.0);
			assertThat(this.prometheus.query(share.formatted("target=\"silent\",outcome=\"timed-out\"")))
					.containsExactly(1.0);
			assertThat(this.prometheus.query(success.formatted("echo"))).containsExactly(1.0);
			assertThat(this.prometheus.query(success.formatted("closed"))).containsExactly(0.0);
			assertThat(this.prometheus.query(success.formatted("ad-hoc"))).isEmpty();
		});
	}

	/**
	 * Only with data: what matches no series has no error either.
	 */
	@Test
	void everyRuleIsEvaluatedWithoutError() {
		awaiting().untilAsserted(() -> {
			this.traffic.round();
			assertThat(this.prometheus.query("ALERTS{alertname=\"UdpProbeEchoDrops\"}")).isNotEmpty();
			List<JsonNode> rules = this.prometheus.rules();
			assertThat(rules).hasSameSizeAs(MonitoringFiles.SERVICE.rules())
					.allSatisfy((rule) -> assertThat(MonitoringFiles.text(rule, "health")).as(rule.toString())
							.isEqualTo("ok"));
		});
	}

	/**
	 * They wait for ten minutes, so here they get no further than pending.
	 */
	@Test
	void theAlertsOnWhatGoesWrongHerePendAndNoOthers() {
		awaiting().untilAsserted(() -> {
			this.traffic.round();
			assertThat(this.prometheus.rules())
					.filteredOn((rule) -> List.of("pending", "firing").contains(MonitoringFiles.text(rule, "state")))
					.map((rule) -> MonitoringFiles.text(rule, "name"))
					.containsExactlyInAnyOrder("UdpProbeRefusals", "UdpProbeSilence", "UdpProbeEchoDrops");
		});
	}

}
