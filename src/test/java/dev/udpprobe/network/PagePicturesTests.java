package dev.udpprobe.network;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.udpprobe.page.Page;
import dev.udpprobe.server.Transport;
import dev.udpprobe.testing.RealServer;
import dev.udpprobe.testing.WebDriver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Servers far away that answer, refuse, are firewalled and lose some, as the page shows them. What it looks like is drawn into
 * target/pictures.
 */
@WithLab
class PagePicturesTests {

	private static final Path PICTURES = Path.of("target/pictures");

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private static final String SERVER = Family.IPV4.address(Place.S);

	private static final String R2 = Family.IPV4.address(Place.R2);

	// A router without a route says so once in a second, so sip.ams is not asked as often as the others.
	private static final String TARGETS = """
			- targets: ["%1$s:53"]
			  labels: {__name: dns.fra, __module: dns, __with_name: www.example.test, __with_type: A, site: fra}
			- targets: ["%1$s:123"]
			  labels: {__name: ntp.fra, __module: ntp, site: fra}
			- targets: ["%1$s:7007"]
			  labels: {__name: echo.fra, __module: echo, __fall: 20, site: fra}
			- targets: ["%1$s:27015"]
			  labels: {__name: game.ams, __module: a2s, site: ams}
			- targets: ["%1$s:1194"]
			  labels: {__name: vpn.ams, __module: openvpn, site: ams}
			- targets: ["%2$s:5060"]
			  labels: {__name: sip.ams, __module: sip, __interval: 2s, site: ams}
			""".formatted(SERVER, Family.IPV4.address(Place.NOWHERE_BEHIND_R3));

	private static final List<Look> LOOKS = List.of(new Look("light", 1280), new Look("dark", 1280),
			new Look("light", 390),
			new Look("dark", 390));

	private final Lab lab;

	/**
	 * @param width in pixels
	 */
	private record Look(String scheme, int width) {}

	PagePicturesTests(Lab lab) {
		this.lab = lab;
	}

	@Test
	void whatAFirewallDoesIsSeen(@TempDir Path directory) throws Exception {
		RealServer.DNS.find();
		RealServer.NTP.find();
		Path file = Files.writeString(directory.resolve("targets.yaml"), TARGETS);
		this.lab.server(RealServer.DNS, 53);
		this.lab.server(RealServer.NTP, 123);
		Service echo = this.lab.echo(Transport.NATIVE);
		Service monitor = this.lab.monitor("--udp-probe.target-files=" + file, "--udp-probe.monitor.interval=250ms",
				"--udp-probe.client.allowed-targets=10.0.0.0/8");
		this.lab.forwarding(Node.R2, """
				udp dport 7007 numgen random mod 100 < 8 drop
				udp dport 1194 drop""");
		try (WebDriver browser = new WebDriver(directory)) {
			Page page = new Page(browser, monitor.port());
			page.look("light", 1280);
			page.open("");
			page.awaitText(".summary", "3 down", "3 up");
			awaitRow(page, "game.ams", "down", "refused", "nobody listens on that port");
			awaitRow(page, "vpn.ams", "down", "was silent for ");
			awaitRow(page, "sip.ams", "down", "unreachable");
			awaitRow(page, "ntp.fra", "up");

			this.lab.node(Node.R2).nft("""
					chain forward { type filter hook forward priority 0;
					udp dport 7007 numgen random mod 100 < 8 drop
					udp dport 1194 drop
					udp dport 123 reject with icmp type admin-prohibited
					}""");
			awaitRow(page, "ntp.fra", "down", "unreachable", "(ICMP from %s)".formatted(R2));
			page.ask("target=ntp.fra");
			page.awaitText(".answers", "unreachable", "ICMP ");
			assertThat(page.paths().getFirst()).contains("router " + R2, "unreachable at router " + R2);
			page.ask("target=vpn.ams");
			page.awaitText(".answers", "timed out", "no answer");

			draw(browser, page, monitor, echo);
			assertThat(page.errors()).isEmpty();
		}
	}

	// A row tells its last round, which on a loaded machine may end before its error comes.
	private static void awaitRow(Page page, String name, String... parts) {
		await().atMost(PATIENCE).untilAsserted(() -> assertThat(row(page, name)).contains(parts));
	}

	private static String row(Page page, String name) throws Exception {
		return page.texts(".rows [role=row]").stream().filter((row) -> row.contains(name)).findFirst().orElse("");
	}

	private static void draw(WebDriver browser, Page page, Service monitor, Service echo) throws Exception {
		// Fewer rounds make no picture.
		await().atMost(PATIENCE).until(() -> monitor.http().get("/targets/echo.fra").text().split("true").length > 60);
		Files.createDirectories(PICTURES);
		for (Look look : LOOKS) {
			page.look(look.scheme(), look.width());
			String suffix = "%s-%d.png".formatted(look.scheme(), look.width());
			page.open("");
			page.awaitText(".rows", "game.ams", "refused");
			write(page, "targets-" + suffix);
			page.open("#/targets/echo.fra");
			page.awaitText(".figures", "median");
			write(page, "target-" + suffix);
			page.ask("target=%s:9".formatted(SERVER));
			page.awaitText(".answers", "refused", "not told");
			write(page, "ask-" + suffix);
			page.ask("target=dns.fra");
			page.awaitText(".answers", "NOERROR", "reply");
			write(page, "dns-" + suffix);
			page.ask("how=ping&count=60&interval=20ms&target=%s:7007".formatted(SERVER));
			page.awaitText(".figures", "jitter");
			write(page, "ping-" + suffix);
			page.ask("how=trace&target=%s:7007".formatted(SERVER));
			page.awaitText(".picture", "reply");
			write(page, "trace-" + suffix);
			page.ask("how=mtu&target=%s:7007".formatted(SERVER));
			page.awaitText(".card", "The path takes packets of 1,500 bytes");
			write(page, "mtu-" + suffix);
			Page other = new Page(browser, echo.port());
			other.open("#/echo");
			other.awaitText(".headline", "listening on UDP port 7007");
			other.look(look.scheme(), look.width());
			write(other, "echo-" + suffix);
		}
	}

	private static void write(Page page, String name) throws Exception {
		Files.write(PICTURES.resolve(name), page.picture());
	}

}
