package dev.udpprobe.monitoring;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import dev.udpprobe.testing.FreePorts;
import dev.udpprobe.testing.RealServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The real blackbox_exporter and this service ask the same DNS server, and one Prometheus scrapes both, by configurations that differ
 * in the address alone.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BlackboxMetricsTests extends MonitoredTests {

	private static final String NO_NAME = "x.invalid:53";

	private static final String ZONE = """
			local-zone: "example.test." static
			local-data: "example.test. SOA ns.example.test. admin.example.test. 2026112801 3600 600 86400 300"
			local-data: "www.example.test. A 192.0.2.7"
			local-data: "www.example.test. A 192.0.2.8"
			local-zone: "refused.test." refuse
			""";

	private static final String TARGET = """
			      - targets: ["%s"]
			        labels: {module: %s}
			""";

	private static final String JOB = """
			  - job_name: %s
			    metrics_path: /probe
			    static_configs:
			%s    relabel_configs:
			      - {source_labels: [module], target_label: __param_module}
			      - {source_labels: [__address__], target_label: __param_target}
			      - {source_labels: [__param_target], target_label: instance}
			      - {target_label: __address__, replacement: "127.0.0.1:%d"}
			""";

	private String server = "";

	private AutoCloseable dns = () -> {};

	private AutoCloseable blackbox = () -> {};

	private AutoCloseable scraping = () -> {};

	private Map<String, Double> theirs = Map.of();

	private Map<String, Double> ours = Map.of();

	private Map<String, String> theirHelp = Map.of();

	private Map<String, String> ourHelp = Map.of();

	@BeforeAll
	void scrape(@TempDir Path directory) throws Exception {
		int dnsPort = FreePorts.udp();
		this.server = "127.0.0.1:" + dnsPort;
		this.dns = RealServer.DNS.start(directory, dnsPort, ZONE);
		BlackboxExporter exporter = new BlackboxExporter(directory);
		this.blackbox = exporter;
		List<String> targets = BlackboxExporter.MODULES.stream()
				.map((asks) -> TARGET.formatted(this.server, asks.module()))
				.collect(Collectors.toList());
		targets.add(TARGET.formatted(REFUSING.address(), "dns-a"));
		targets.add(TARGET.formatted(NO_NAME, "dns-a"));
		String jobs = JOB.formatted("theirs", String.join("", targets), exporter.port())
				+ JOB.formatted("ours", String.join("", targets), this.port);
		PrometheusServer prometheus = new PrometheusServer(directory, MonitoringFiles.PROBES.ruleFile(), jobs);
		this.scraping = prometheus;
		await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
			assertThat(prometheus.query("probe_success")).hasSize(2 * targets.size());
			assertThat(prometheus.query("probe_dns_query_succeeded{instance=\"%s\"}".formatted(this.server)))
					.as(prometheus::log).containsOnly(1.0);
		});
		this.theirs = samples(prometheus, "theirs");
		this.ours = samples(prometheus, "ours");
		this.theirHelp = help(prometheus, "theirs");
		this.ourHelp = help(prometheus, "ours");
	}

	@AfterAll
	void stop() throws Exception {
		this.scraping.close();
		this.blackbox.close();
		this.dns.close();
	}

	/** By name and labels, without the job. */
	private static Map<String, Double> samples(PrometheusServer prometheus, String job) throws Exception {
		Map<String, Double> samples = new TreeMap<>();
		for (JsonNode series : prometheus.series("{job=\"%s\",__name__=~\"probe_.*\"}".formatted(job))) {
			Map<String, String> labels = new TreeMap<>();
			series.path("metric").properties()
					.forEach((label) -> labels.put(label.getKey(), label.getValue().asString()));
			labels.remove("job");
			samples.put(labels.toString(), Double.valueOf(series.path("value").path(1).asString()));
		}
		return samples;
	}

	/** Types and helps, as the targets said them. */
	private static Map<String, String> help(PrometheusServer prometheus, String job) throws Exception {
		Map<String, String> help = new TreeMap<>();
		prometheus.api("targets/metadata?match_target=%7Bjob%3D%22" + job + "%22%7D").valueStream()
				.forEach((metric) -> help.put(MonitoringFiles.text(metric, "metric"),
						MonitoringFiles.text(metric, "type") + ": " + MonitoringFiles.text(metric, "help")));
		return help;
	}

	private static Map<String, Double> with(Map<String, Double> samples, Predicate<String> wanted) {
		return samples.entrySet().stream()
				.filter((sample) -> wanted.test(sample.getKey()))
				.collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (a, _) -> a, TreeMap::new));
	}

	@Test
	void allThatBlackboxExporterHasIsHereWithItsTypeAndHelp() {
		assertThat(this.theirHelp).containsKeys("probe_success", "probe_duration_seconds", "probe_dns_serial");
		assertThat(this.ourHelp).containsAllEntriesOf(this.theirHelp);
	}

	@Test
	void allItsSeriesAreHereWithItsLabels() {
		assertThat(this.theirs).hasSizeGreaterThan(70);
		assertThat(this.ours.keySet()).containsAll(this.theirs.keySet());
	}

	@Test
	void whatIsNoTimeHasTheSameValue() {
		Map<String, Double> values = with(this.theirs, (key) -> !key.contains("_seconds"));
		assertThat(values.entrySet()).extracting(Map.Entry::getValue)
				.contains(0.0, 1.0, 2.0, 4.0, 2_026_112_801.0, 3_668_918_509.0);
		assertThat(this.ours).containsAllEntriesOf(values);
	}

	@Test
	void timesArePositiveWhereSomethingWasWaitedFor() {
		assertThat(with(this.ours, (key) -> key.contains("_seconds") && key.contains("instance=" + this.server)))
				.hasSizeGreaterThan(30)
				.allSatisfy((key, seconds) -> assertThat(seconds).as(key).isBetween(1e-9, 2.0));
		assertThat(with(this.ours, (key) -> key.contains("probe_duration_seconds"))).hasSize(7)
				.allSatisfy((key, seconds) -> assertThat(seconds).as(key).isPositive());
	}

}
