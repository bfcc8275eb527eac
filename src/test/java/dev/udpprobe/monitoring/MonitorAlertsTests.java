package dev.udpprobe.monitoring;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;

import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A real Prometheus scrapes what the monitor holds of real targets, and its alerts fire, with a file of targets that is replaced
 * meanwhile.
 */
class MonitorAlertsTests extends MonitoredTests {

	private static final String TARGETS = """
			- targets: ["127.0.0.1:%d"]
			  labels: {__name: node1, __module: echo, __interval: 200ms, team: games}
			- targets: ["%s"]
			  labels: {__name: node2, __module: echo, __interval: 200ms, team: games}
			""";

	private static final String OTHERS = """
			- targets: ["127.0.0.1:%d"]
			  labels: {__name: node1, __module: echo, __interval: 200ms, team: games}
			- targets: ["%s"]
			  labels: {__name: node3, __module: echo, __interval: 200ms, team: web}
			""";

	/** No name has another address here. */
	private static final String MOVES = "udp_target_address_changes_total";

	private static ConditionFactory awaiting() {
		return await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(250));
	}

	/** As a file is replaced that others read: at once. */
	private static void replace(String targets) throws IOException {
		Path next = Files.writeString(TARGET_FILE.resolveSibling(TARGET_FILE.getFileName() + ".next"), targets);
		Files.move(next, TARGET_FILE, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
	}

	@AfterEach
	void leaveNoTargets() throws IOException {
		replace("[]");
	}

	/** The rules as they ship, but that they wait for nothing. */
	private static Path rules(Path directory) throws IOException {
		return Files.writeString(directory.resolve("rules.yaml"),
				Files.readString(MonitoringFiles.MONITOR.ruleFile()).replaceAll("for: [0-9]+m", "for: 0s"));
	}

	@Test
	void alertsFireForWhoIsDownAndCeaseForWhoIsGone(@TempDir Path directory) throws Exception {
		replace(TARGETS.formatted(this.echoServer.port(), REFUSING.address()));
		try (PrometheusServer prometheus = PrometheusServer.ofService(directory, rules(directory), this.port)) {
			awaiting().untilAsserted(() -> {
				assertThat(prometheus.query("udp_target_up{target=\"node1\"}")).containsExactly(1.0);
				assertThat(prometheus.query("udp_target_up{target=\"node2\"}")).containsExactly(0.0);
				assertThat(firing(prometheus)).containsExactly("UdpMonitoredRefused node2 games");
			});
			awaiting().untilAsserted(() -> {
				for (String expression : MonitoringFiles.MONITOR.dashboardExpressions()) {
					List<Double> found = prometheus.query(expression);
					assertThat(found.isEmpty()).as(expression).isEqualTo(expression.contains(MOVES));
				}
			});
			replace(OTHERS.formatted(this.echoServer.port(), SILENT.address()));
			awaiting().untilAsserted(() -> {
				assertThat(prometheus.query("udp_target_up{target=\"node2\"}")).isEmpty();
				assertThat(prometheus.query("udp_target_up{target=\"node3\"}")).containsExactly(0.0);
				assertThat(firing(prometheus)).containsExactly("UdpMonitoredDown node3 web");
			});
		}
	}

	private static List<String> firing(PrometheusServer prometheus) throws Exception {
		return prometheus.series("ALERTS{alertstate=\"firing\",target!=\"\"}").stream()
				.map((alert) -> alert.path("metric"))
				.map((alert) -> "%s %s %s".formatted(text(alert, "alertname"), text(alert, "target"),
						text(alert, "team")))
				.toList();
	}

	private static String text(JsonNode labels, String name) {
		return MonitoringFiles.text(labels, name);
	}

}
