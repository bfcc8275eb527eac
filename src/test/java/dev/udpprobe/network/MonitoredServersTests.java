package dev.udpprobe.network;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.udpprobe.server.Transport;
import dev.udpprobe.testing.ExternalTool;
import dev.udpprobe.testing.RealServer;
import dev.udpprobe.web.Http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A name server, a time server and the own echo server, far away, that are stopped, filtered and cut off: the monitor's state, metrics
 * and log follow, and say who it was.
 */
@WithLab
class MonitoredServersTests {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private static final String SERVER = Family.IPV4.address(Place.S);

	private static final String TARGETS = """
			- targets: ["%1$s:53"]
			  labels: {__name: dns, __module: dns, __with_name: www.example.test, __with_type: A}
			- targets: ["%1$s:123"]
			  labels: {__name: ntp, __module: ntp}
			- targets: ["%1$s:7007"]
			  labels: {__name: echo-server, __module: echo, __port: kept}
			""".formatted(SERVER);

	private final Lab lab;

	MonitoredServersTests(Lab lab) {
		this.lab = lab;
	}

	/** All in one, since a service takes seconds to start. */
	@Test
	void whateverBefallsAServerIsSeenAndSaidOfTheRightOne(@TempDir Path directory) throws Exception {
		RealServer.DNS.find();
		RealServer.NTP.find();
		Path file = Files.writeString(directory.resolve("targets.yaml"), TARGETS);
		ExternalTool dns = this.lab.server(RealServer.DNS, 53);
		this.lab.server(RealServer.NTP, 123);
		this.lab.echo(Transport.NATIVE);
		Service monitor = this.lab.monitor("--udp-probe.target-files=" + file, "--udp-probe.monitor.interval=500ms");
		awaitUp(monitor, "dns", "ntp", "echo-server");

		assertThat(samples(monitor, "udp_client_exchanges_total")).as("rounds are no exchanges of the client")
				.isNotEmpty()
				.allMatch((sample) -> sample.endsWith(" 0.0"));
		doesNotSeeItsOwnSleep(monitor);

		dns.close();
		awaitDown(monitor, "dns", "refused",
				"dns (%s:53) refused: nobody listens on that port (ICMP port unreachable).".formatted(SERVER));
		ExternalTool slow = this.lab.server(RealServer.DNS, 53);
		awaitUp(monitor, "dns");

		this.lab.forwarding(Node.R2, "udp dport 123 reject with icmp type admin-prohibited");
		awaitDown(monitor, "ntp", "unreachable", "(ICMP from %s)".formatted(Family.IPV4.address(Place.R2)));
		this.lab.node(Node.R2).nft("");
		awaitUp(monitor, "ntp");

		this.lab.forwarding(Node.R2, "udp dport 7007 drop");
		awaitDown(monitor, "echo-server", "timed-out", "echo-server (%s:7007) was silent".formatted(SERVER));
		this.lab.node(Node.R2).nft("");
		awaitUp(monitor, "echo-server");

		String up = up();
		this.lab.ip(Node.C, "link set r1 down", up);
		for (String name : new String[]{"dns", "ntp", "echo-server"}) {
			awaitDown(monitor, name, "not-sent", "Network is unreachable");
		}
		this.lab.node(Node.C).ip(up);
		awaitUp(monitor, "dns", "ntp", "echo-server");
		assertThat(monitor.log()).contains("dns is down", "ntp is down", "echo-server is down", "dns is up");

		slow.pause();
		// The log has had too many changes of it by now.
		await().atMost(PATIENCE).untilAsserted(() -> seesDown(monitor, "dns", "timed-out"));
		slow.resume();
		awaitUp(monitor, "dns");
	}

	private static void doesNotSeeItsOwnSleep(Service monitor) throws Exception {
		int before = monitor.log().length();
		long skipped = count(monitor, "udp_monitor_rounds_total{result=\"skipped\"}");
		monitor.sleep(Duration.ofSeconds(2));
		await().atMost(PATIENCE).until(() -> count(monitor, "udp_monitor_rounds_total{result=\"skipped\"}") > skipped);
		long onTime = count(monitor, "udp_monitor_rounds_total{result=\"on-time\"}");
		await().atMost(PATIENCE)
				.until(() -> count(monitor, "udp_monitor_rounds_total{result=\"on-time\"}") > onTime + 6);
		assertThat(monitor.log().substring(before)).doesNotContain(" is down");
		assertThat(samples(monitor, "udp_target_up")).hasSize(3).allMatch((sample) -> sample.endsWith(" 1.0"));
	}

	private static List<String> samples(Service monitor, String name) throws Exception {
		return metrics(monitor).lines().filter((line) -> line.startsWith(name)).toList();
	}

	private static long count(Service monitor, String sample) throws Exception {
		String line = samples(monitor, sample).getFirst();
		return (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1));
	}

	/**
	 * @return commands that also give back what is lost with an interface: IPv6 addresses and routes
	 */
	private static String up() {
		StringBuilder commands = new StringBuilder("link set r1 up\n");
		for (Family family : Family.values()) {
			commands.append("address replace %s dev r1%n".formatted(inNetwork(family, Place.C)));
			commands.append("address replace %s dev r1 preferred_lft 0%n".formatted(inNetwork(family, Place.C_SECOND)));
			for (int network = 2; network <= 6; network++) {
				commands.append(
						"route replace %s via %s%n".formatted(family.network(network), family.address(Place.R1)));
			}
		}
		return commands.toString();
	}

	private static String inNetwork(Family family, Place place) {
		return family.inNetwork(place.network(), place.host());
	}

	private static Map<String, Object> target(Service monitor, String name) throws Exception {
		return monitor.http().get("/targets/" + name).json();
	}

	private static void awaitUp(Service monitor, String... names) {
		for (String name : names) {
			await().atMost(PATIENCE).untilAsserted(() -> {
				assertThat(target(monitor, name)).extracting("target").asInstanceOf(InstanceOfAssertFactories.MAP)
						.containsEntry("state", "up");
				assertThat(metrics(monitor)).contains("udp_target_up{target=\"%s\"} 1.0".formatted(name));
			});
		}
	}

	/**
	 * @param detail a part of what is said of the last round, and in the log
	 */
	private static void awaitDown(Service monitor, String name, String outcome, String detail) {
		await().atMost(PATIENCE).untilAsserted(() -> {
			seesDown(monitor, name, outcome);
			assertThat(monitor.log().lines().filter((line) -> line.contains(name + " is down")))
					.anySatisfy((line) -> assertThat(line).contains(detail));
		});
	}

	private static void seesDown(Service monitor, String name, String outcome) throws Exception {
		assertThat(target(monitor, name)).extracting("target").asInstanceOf(InstanceOfAssertFactories.MAP)
				.containsEntry("state", "down")
				.containsEntry("outcome", outcome);
		assertThat(metrics(monitor)).contains("udp_target_up{target=\"%s\"} 0.0".formatted(name))
				.contains("udp_target_rounds_total{outcome=\"%s\",target=\"%s\"}".formatted(outcome, name));
	}

	private static String metrics(Service monitor) throws Exception {
		Http.Answer answer = monitor.http().get("/actuator/prometheus");
		return answer.text();
	}

}
