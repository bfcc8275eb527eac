package dev.udpprobe.monitoring;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import dev.udpprobe.testing.ExternalTool;
import dev.udpprobe.web.Http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A Prometheus that scrapes the service under test, with rules that come with it.
 */
final class PrometheusServer implements AutoCloseable {

	static final String NAMESPACE = "net";

	private static final Pattern LISTENS = Pattern.compile("msg=\"Listening on\".* address=127\\.0\\.0\\.1:([0-9]+)");

	private static final String CONFIGURATION = """
			global:
			  scrape_interval: 1s
			  evaluation_interval: 1s
			rule_files:
			  - %s
			scrape_configs:
			""";

	private static final String SERVICE = """
			  - job_name: udp-probe
			    metrics_path: /actuator/prometheus
			    static_configs:
			      - targets: ["127.0.0.1:%d"]
			        labels:
			          namespace: %s
			""";

	private final Path log;

	private final ExternalTool process;

	private final Http http;

	/**
	 * Scrapes the metrics of the service itself.
	 * @param directory for its files
	 * @param scraped the HTTP port of the service
	 */
	static PrometheusServer ofService(Path directory, int scraped) throws Exception {
		return ofService(directory, MonitoringFiles.SERVICE.ruleFile(), scraped);
	}

	/**
	 * The same with other rules.
	 */
	static PrometheusServer ofService(Path directory, Path rules, int scraped) throws Exception {
		return new PrometheusServer(directory, rules, SERVICE.formatted(scraped, NAMESPACE));
	}

	/**
	 * @param directory for its files
	 * @param rules its file of rules
	 * @param jobs what stands below scrape_configs
	 */
	PrometheusServer(Path directory, Path rules, String jobs) throws Exception {
		this.log = directory.resolve("log");
		Path configuration = Files.writeString(directory.resolve("prometheus.yaml"),
				CONFIGURATION.formatted(rules.toAbsolutePath()) + jobs);
		this.process = ExternalTool.startLogging(this.log, "prometheus", "--config.file=" + configuration,
				"--storage.tsdb.path=" + directory.resolve("data"), "--web.listen-address=127.0.0.1:0");
		boolean started = false;
		try {
			this.http = new Http(awaitPort());
			await().atMost(Duration.ofSeconds(30)).until(() -> this.http.get("/-/ready").status() == 200);
			started = true;
		}
		finally {
			if (!started) {
				close();
			}
		}
	}

	private int awaitPort() {
		return await().atMost(Duration.ofSeconds(30)).until(() -> {
			assertThat(this.process.isRunning()).as(this::log).isTrue();
			Matcher listens = LISTENS.matcher(log());
			return listens.find() ? Integer.parseInt(listens.group(1)) : 0;
		}, (port) -> port != 0);
	}

	/**
	 * The values that an expression has now, without those that are not numbers.
	 */
	List<Double> query(String expression) throws Exception {
		return series(expression).stream()
				.map((sample) -> Double.valueOf(sample.path("value").path(1).asString()))
				.filter(Double::isFinite)
				.toList();
	}

	/**
	 * The series that an expression has now, each with its labels as "metric" and its time and value as "value".
	 */
	List<JsonNode> series(String expression) throws Exception {
		return api("query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8)).path("result").valueStream()
				.toList();
	}

	/**
	 * The rules, with what has come of their evaluation.
	 */
	List<JsonNode> rules() throws Exception {
		return api("rules").path("groups")
				.valueStream()
				.flatMap((group) -> group.path("rules").valueStream())
				.toList();
	}

	/**
	 * @return the data that its HTTP API has there
	 */
	JsonNode api(String path) throws Exception {
		Http.Answer answer = this.http.get("/api/v1/" + path);
		assertThat(answer.status()).as(answer.text()).isEqualTo(200);
		return JsonMapper.shared().readTree(answer.bytes()).path("data");
	}

	String log() {
		return Promtool.read(this.log);
	}

	@Override
	public void close() {
		this.process.close();
	}

}
