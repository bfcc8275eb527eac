package dev.udpprobe.monitoring;

import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;

import dev.udpprobe.metrics.MadeUpMonitor;
import dev.udpprobe.web.Http;

import static org.assertj.core.api.Assertions.assertThat;

class ExpositionTests extends MonitoredTests {

	/**
	 * Those of the frameworks are theirs to name.
	 */
	@Test
	void promtoolHasNothingAgainstOurMetrics() throws Exception {
		Http http = new Http(this.port);
		http.form("message=hello");
		String ours = http.get("/actuator/prometheus")
				.text()
				.lines()
				.filter((line) -> line.matches("(# (HELP|TYPE) )?udp_.*"))
				.collect(Collectors.joining("\n", "", "\n"));
		assertThat(ours).contains("udp_echo_listening 1.0");
		Promtool.accepts(ours, "check", "metrics");
	}

	@Test
	void promtoolHasNothingAgainstAMonitorsTargetsWhateverTheirLabelsSay() throws Exception {
		String monitor = MadeUpMonitor.withEverything().scrape();
		assertThat(monitor).contains("\nudp_target_flapping{", "\nudp_monitor_lateness_seconds_bucket{");
		Promtool.accepts(monitor, "check", "metrics");
	}

}
