package dev.udpprobe.monitoring;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import dev.udpprobe.UdpProbeApplication;
import dev.udpprobe.testing.Certificates;
import dev.udpprobe.web.TestAccounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Prometheus scrapes, and has targets probed, with a token over TLS.
 */
class SecuredScrapeTests {

	private static final String JOB = """
			  - job_name: %s
			    scheme: https
			    metrics_path: %s
			    authorization:
			      credentials_file: %s
			    tls_config:
			      ca_file: %s
			    static_configs:
			      - targets: ["127.0.0.1:%s"]
			""";

	@Test
	void itsAccountMay(@TempDir Path directory) throws Exception {
		Certificates.make(directory, "tls");
		Path accounts = TestAccounts.create();
		try (ConfigurableApplicationContext service = new SpringApplicationBuilder(UdpProbeApplication.class).run(
				"--server.port=0", "--server.address=127.0.0.1", "--udp-probe.echo.port=0",
				"--udp-probe.security.account-files=" + accounts, "--server.ssl.bundle=web",
				"--spring.ssl.bundle.pem.web.keystore.certificate=" + directory.resolve("tls.crt"),
				"--spring.ssl.bundle.pem.web.keystore.private-key=" + directory.resolve("tls.key"))) {
			String jobs = job(service, directory, "metrics", "/actuator/prometheus", "view")
					+ job(service, directory, "nobody", "/actuator/prometheus", TestAccounts.NOTHING)
					+ job(service, directory, "probe", "/probe\n    params: {target: [echo], module: [echo]}", "ask");
			try (PrometheusServer prometheus = new PrometheusServer(directory, MonitoringFiles.SERVICE.ruleFile(),
					jobs)) {
				await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> {
					assertThat(prometheus.query("up{job=\"metrics\"}")).containsExactly(1.0);
					assertThat(prometheus.query("probe_success{job=\"probe\"}")).containsExactly(1.0);
					assertThat(prometheus.query("up{job=\"nobody\"}")).containsExactly(0.0);
				});
			}
		}
	}

	private static String job(ConfigurableApplicationContext service, Path directory, String name, String path,
			String account) throws Exception {
		Path token = Files.writeString(directory.resolve("token-" + account), TestAccounts.token(account));
		return JOB.formatted(name, path, token, directory.resolve("tls.crt"),
				service.getEnvironment().getProperty("local.server.port"));
	}

}
