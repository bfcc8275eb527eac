package dev.udpprobe.monitoring;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

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
 * A real Prometheus probes real targets through the real service, by the very scrape configurations of docs/prometheus.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProbedByPrometheusTests extends MonitoredTests {

	/**
	 * What the dashboards 7587, 5345, 13659 and 14928 of grafana.com and others ask of blackbox_exporter, but for HTTP, TLS and
	 * ICMP.
	 */
	private static final String PUBLIC_EXPRESSIONS = """
			probe_success{instance=~"$target"}
			probe_success{job=~"$job", instance=~"$instance"}
			probe_duration_seconds{instance=~"$target"}
			avg(probe_duration_seconds{instance=~"$target"})
			avg(probe_dns_lookup_time_seconds{instance=~"$target"})
			count(probe_success == 1)
			count(probe_success == 0)
			(count(probe_success == 1))/count(probe_success) * 100
			(count(probe_success{job=~"$job"} == 1) OR vector(0)) / count(probe_success{job=~"$job"})
			avg(probe_duration_seconds and probe_success == 1)
			avg_over_time(probe_dns_lookup_time_seconds{job=~"$job", instance=~"$instance"}[1m])
			avg_over_time(probe_duration_seconds{job=~"$job", instance=~"$instance"}[1m])
			avg_over_time(probe_success[1h]) * 100
			sum(avg_over_time(probe_success{job=~"$job", instance=~"$instance"}[30d])) by (instance)
			probe_ip_protocol{instance=~"$target"}
			changes(probe_ip_addr_hash[1h])
			probe_dns_answer_rrs
			sum(probe_dns_duration_seconds) by (phase)
			probe_dns_serial
			""";

	private static final String OUTCOMES = """
			probe-udp echo node1: replied
			probe-udp echo node2: refused
			probe-udp ntp ntp: timed-out
			probe-udp-files echo node1: replied
			probe-udp-files echo node2: refused
			probe-udp-files ntp ntp: timed-out
			probe-udp-http echo node1: replied
			probe-udp-http echo node2: refused
			probe-udp-http ntp ntp: timed-out
			probe-udp-named any greeter: replied
			probe-udp-zone dns ns1: replied
			probe-udp-zone dns ns2: replied
			""";

	private ProbedTargets targets;

	private PrometheusServer prometheus;

	@RegisterExtension
	AfterTestExecutionCallback showLog = (context) -> {
		if (context.getExecutionException().isPresent()) {
			System.err.println(this.prometheus.log());
		}
	};

	@BeforeAll
	void start(@TempDir Path directory) throws Exception {
		this.targets = new ProbedTargets(this.port, this.echoServer.port());
		this.prometheus = new PrometheusServer(directory, MonitoringFiles.PROBES.ruleFile(),
				this.targets.jobs(directory));
	}

	@AfterAll
	void stop() {
		if (this.prometheus != null) {
			this.prometheus.close();
		}
		this.targets.close();
	}

	private static ConditionFactory awaiting() {
		return await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(250));
	}

	@Test
	void everyTargetIsProbedAndSaysWhatCameOfIt() {
		awaiting().untilAsserted(() -> {
			assertThat(this.prometheus.series("probe_udp_outcome == 1").stream().map((one) -> "%s %s %s: %s".formatted(
					label(one, "job"), label(one, "module"), this.targets.nameOf(label(one, "instance")),
					label(one, "outcome"))).sorted()).containsExactlyElementsOf(OUTCOMES.lines().toList());
			assertThat(this.prometheus.query("up")).hasSameSizeAs(OUTCOMES.lines().toList()).containsOnly(1.0);
			assertThat(this.prometheus.query("probe_success == on (job, instance, module) "
					+ "probe_udp_outcome{outcome=\"replied\"}")).hasSameSizeAs(OUTCOMES.lines().toList());
			assertThat(this.prometheus.query("probe_success{site=\"north\"}")).hasSize(4);
			assertThat(this.prometheus.query("probe_success{site=\"west\",instance=\"greeter\"}")).containsExactly(1.0);
			assertThat(this.prometheus.query("probe_dns_serial{job=\"probe-udp-zone\"}"))
					.containsExactlyInAnyOrder(1.0, 2.0);
		});
	}

	private static String label(JsonNode series, String name) {
		return MonitoringFiles.text(series.path("metric"), name);
	}

	@Test
	void everyExpressionOfTheDashboardYieldsData() {
		awaiting().untilAsserted(() -> {
			for (String expression : MonitoringFiles.PROBES.dashboardExpressions()) {
				assertThat(this.prometheus.query(expression)).as(expression).isNotEmpty();
			}
		});
	}

	@Test
	void everyExpressionOfPublicDashboardsYieldsData() {
		awaiting().untilAsserted(() -> {
			for (String expression : PUBLIC_EXPRESSIONS.lines().toList()) {
				String filled = expression.replaceAll("\\$(target|instance)", ".*").replace("$job", "probe-udp.*");
				assertThat(this.prometheus.query(filled)).as(filled).isNotEmpty();
			}
		});
	}

	/**
	 * Numbers of answers have names of their own, those of DNS here.
	 */
	@Test
	void theTargetsTogetherHaveEveryMetric() {
		awaiting().untilAsserted(() -> {
			Set<String> names = new TreeSet<>();
			for (JsonNode one : this.prometheus.series("{__name__=~\"probe_.+\"}")) {
				names.add(label(one, "__name__"));
			}
			assertThat(names).containsAll(MetricNames.ofProbes());
			names.removeAll(MetricNames.ofProbes());
			assertThat(names).isNotEmpty().allMatch((name) -> name.matches("probe_dns_[a-z_]+"));
		});
	}

	@Test
	void theRecordedSeriesTellSuccessAndRoundTrips() {
		String of = "{job=\"probe-udp\",instance=\"%s\"}";
		String success = "job_instance:probe_success:avg_over_time1h" + of;
		String roundTrip = "job_instance:probe_udp_round_trip_seconds:median10m" + of;
		String echo = "127.0.0.1:" + this.echoServer.port();
		awaiting().untilAsserted(() -> {
			assertThat(this.prometheus.query(success.formatted(echo))).containsExactly(1.0);
			assertThat(this.prometheus.query(success.formatted(REFUSING.address()))).containsExactly(0.0);
			assertThat(this.prometheus.query(success.formatted(SILENT.address()))).containsExactly(0.0);
			assertThat(this.prometheus.query(roundTrip.formatted(echo))).hasSize(1).allMatch((value) -> value > 0);
			assertThat(this.prometheus.query(roundTrip.formatted(SILENT.address()))).isEmpty();
		});
	}

	/**
	 * They wait for minutes, so here they get no further than pending.
	 */
	@Test
	void theAlertsOnWhatGoesWrongHerePendAndNoOthers() {
		awaiting().untilAsserted(() -> {
			List<JsonNode> rules = this.prometheus.rules();
			assertThat(rules).hasSameSizeAs(MonitoringFiles.PROBES.rules())
					.allSatisfy((rule) -> assertThat(MonitoringFiles.text(rule, "health")).as(rule.toString())
							.isEqualTo("ok"));
			assertThat(rules).filteredOn((rule) -> MonitoringFiles.text(rule, "state").equals("pending"))
					.map((rule) -> MonitoringFiles.text(rule, "name"))
					.containsExactlyInAnyOrder("UdpTargetRefused", "UdpTargetFailed", "UdpTargetSerialsDiffer");
			assertThat(this.prometheus.series("ALERTS").stream()
					.map((alert) -> this.targets.nameOf(label(alert, "instance")))
					.distinct()).containsExactlyInAnyOrder("node2", "ntp", "");
		});
	}

}
