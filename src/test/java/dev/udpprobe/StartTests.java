package dev.udpprobe;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.context.ConfigurableApplicationContext;

import dev.udpprobe.destination.ForbiddenTargetException;
import dev.udpprobe.echo.EchoDrop;
import dev.udpprobe.exchange.ExchangeOptions;
import dev.udpprobe.outcome.Outcome;
import dev.udpprobe.probe.Await;
import dev.udpprobe.probe.Questions.Question;
import dev.udpprobe.probe.Sender;
import dev.udpprobe.server.ServerCounts;
import dev.udpprobe.server.UdpServer;
import dev.udpprobe.testing.ReadsLog;
import dev.udpprobe.web.UdpPeer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

@ReadsLog
class StartTests {

	@Test
	void aPortThatIsTakenStopsTheStartWithWhatToDo(CapturedOutput output) {
		try (UdpPeer other = UdpPeer.silent()) {
			assertFails("--udp-probe.echo.address=127.0.0.1", "--udp-probe.echo.port=" + other.port());
			assertThat(output).contains("APPLICATION FAILED TO START", "The echo server cannot listen on UDP 127.0.0.1:"
					+ other.port(), "Address already in use", "udp-probe.echo.port", "udp-probe.echo.address",
					"ss -ulpn 'sport = :%d'".formatted(other.port()), "udp-probe.echo.enabled=false")
					.doesNotContain("\tat ");
		}
	}

	@Test
	void whoeverIsLetInIsSaidAtTheStart(CapturedOutput output) {
		start("--server.address=127.0.0.1").close();
		start("--udp-probe.security.everybody=view").close();
		assertThat(output).doesNotContain("whoever reaches the HTTP port");
		start().close();
		assertThat(output).contains("whoever reaches the HTTP port may look and send to the allowed targets; "
				+ "docs/security.md says how to change that (udp-probe.security.account-files)");
		start("--server.address=127.0.0.1", "--management.server.port=0").close();
		assertThat(output.getAll().lines().filter((line) -> line.contains("whoever reaches the HTTP port"))).hasSize(2);
	}

	@Test
	void whereAccountsAreRequiredNothingElseWillDo(CapturedOutput output) {
		start("--udp-probe.security.required=true", "--server.address=127.0.0.1").close();
		start("--udp-probe.security.required=true", "--udp-probe.security.everybody=").close();
		assertThatException().isThrownBy(() -> start("--udp-probe.security.required=true"));
		assertThat(output).contains("APPLICATION FAILED TO START", "udp-probe.security.required is true",
				"Set udp-probe.security.account-files or udp-probe.security.everybody").doesNotContain("\tat ");
	}

	private static ConfigurableApplicationContext start(String... args) {
		return new SpringApplicationBuilder(UdpProbeApplication.class)
				.run(Stream.concat(Stream.of("--server.port=0", "--udp-probe.echo.port=0"), Stream.of(args))
						.toArray(String[]::new));
	}

	@Test
	void anAddressThatIsNotThisHostsStopsTheStart(CapturedOutput output) {
		assertFails("--udp-probe.echo.address=192.0.2.1", "--udp-probe.echo.port=0");
		assertThat(output).contains("APPLICATION FAILED TO START", "UDP 192.0.2.1:0", "udp-probe.echo.address")
				.doesNotContain("\tat ");
	}

	@Test
	void aKeyThatThereIsNotStopsTheStart(CapturedOutput output) {
		assertFails("--udp-probe.echo.port=0", "--udp-probe.echo.prot=7007");
		assertThat(output).contains("APPLICATION FAILED TO START", "udp-probe.echo.prot")
				.doesNotContain("\tat ")
				.doesNotContain("listens on UDP port");
	}

	@ParameterizedTest
	@ValueSource(booleans = {true, false})
	void springIntegrationMetersTheEchoServerWhereAskedToAndWhereThereIsOne(boolean enabled) {
		try (ConfigurableApplicationContext context = application().run("--udp-probe.echo.port=0",
				"--udp-probe.echo.integration-meters=true", "--udp-probe.echo.enabled=" + enabled)) {
			boolean metered = context.getBean(MeterRegistry.class)
					.getMeters()
					.stream()
					.anyMatch((meter) -> meter.getId().getName().startsWith("spring.integration"));
			assertThat(metered).isEqualTo(enabled);
		}
	}

	@Test
	void theEchoServersGuardIsTheConfiguredOne() throws Exception {
		try (ConfigurableApplicationContext context = application().run("--udp-probe.echo.port=0",
				"--udp-probe.echo.address=127.0.0.1", "--udp-probe.echo.guard.allowed-sources=192.0.2.0/24");
				DatagramSocket peer = new DatagramSocket(
						new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0))) {
			peer.send(new DatagramPacket(new byte[5], 5, InetAddress.ofLiteral("127.0.0.1"),
					context.getBean(UdpServer.class).port()));
			ServerCounts counts = context.getBean(ServerCounts.class);
			await().until(() -> counts.received() == 1);
			assertThat(counts.droppedFor(EchoDrop.SOURCE_NOT_ALLOWED)).isOne();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = {"127.0.0.1", "0.0.0.0"})
	void theOwnEchoServerMayBeSentToWhateverElseMay(String address) throws Exception {
		try (ConfigurableApplicationContext context = application().run("--udp-probe.echo.port=0",
				"--udp-probe.echo.address=" + address, "--udp-probe.client.allowed-targets=192.0.2.0/24")) {
			Sender sender = context.getBean(Sender.class);
			int port = context.getBean(UdpServer.class).port();
			for (String target : List.of("echo", "127.0.0.1:" + port)) {
				assertThat(Await.result(sender.send(
						new Sender.Request(new Question(new byte[1], null, Map.of()), target, null,
								ExchangeOptions.CONNECTED)))
						.outcome())
						.isInstanceOf(Outcome.Replied.class);
			}
			assertThatExceptionOfType(ForbiddenTargetException.class).isThrownBy(() -> Await.result(sender.send(
					new Sender.Request(new Question(new byte[1], null, Map.of()), "127.0.0.1:9", null,
							ExchangeOptions.CONNECTED))));
		}
	}

	private static SpringApplicationBuilder application() {
		return new SpringApplicationBuilder(UdpProbeApplication.class).web(WebApplicationType.NONE);
	}

	private static void assertFails(String... args) {
		assertThatException().isThrownBy(() -> application().run(args).close());
	}

}
