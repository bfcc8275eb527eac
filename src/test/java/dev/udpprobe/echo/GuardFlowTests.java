package dev.udpprobe.echo;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.test.system.CapturedOutput;

import dev.udpprobe.echo.EchoFixture.Client;
import dev.udpprobe.net.AddressRange;
import dev.udpprobe.net.PortRange;
import dev.udpprobe.net.RateLimit;
import dev.udpprobe.server.EachTransport;
import dev.udpprobe.server.Transport;
import dev.udpprobe.testing.Processes;
import dev.udpprobe.testing.ReadsLog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What is not answered, with real sockets.
 */
@EachTransport
@ReadsLog
class GuardFlowTests {

	private final Transport transport;

	GuardFlowTests(Transport transport) {
		this.transport = transport;
	}

	private static void send(DatagramSocket socket, String payload, int port) throws IOException {
		byte[] bytes = EchoFixture.bytes(payload);
		socket.send(new DatagramPacket(bytes, bytes.length, EchoFixture.loopback(port)));
	}

	/**
	 * A forged datagram is one that has the other server's address for its source. So the
	 * first server is held while it judges one, until the second server has taken the
	 * sender's port over.
	 */
	@ParameterizedTest
	@CsvSource({"'Hi, ','Hi, '", "'Hi, ','Hello there, '", "'Hi, ',''", "'',Hello", "'Hi, ',x"})
	void aLoopOfTwoServersEndsAfterAHandfulOfDatagrams(String greeting, String otherGreeting) throws IOException {
		try (EchoFixture one = EchoFixture.guarded(this.transport, EchoMode.SHARED, greeting, GuardSettings.OPEN);
				EchoFixture other = forge(one, otherGreeting)) {
			await().until(() -> one.counts().droppedFor(EchoDrop.LOOP)
					+ other.counts().droppedFor(EchoDrop.LOOP) == 1);
			await().until(() -> one.isBalanced() && other.isBalanced());
			assertThat(one.counts().received() + other.counts().received()).isBetween(5L, 12L);
			assertThat(one.counts().dropped() + other.counts().dropped()).isEqualTo(1);
			try (Client client = one.client()) {
				assertThat(client.ask("hello")).isEqualTo(greeting + "hello");
			}
		}
	}

	private EchoFixture forge(EchoFixture one, String otherGreeting) throws IOException {
		synchronized (Processes.START) {
			synchronized (one.sessions()) {
				int port;
				try (DatagramSocket sender = new DatagramSocket(EchoFixture.loopback(0))) {
					port = sender.getLocalPort();
					send(sender, "hello", one.port());
				}
				return new EchoFixture(
						EchoFixture.settings(this.transport, EchoFixture.loopback(port), EchoMode.SHARED, otherGreeting,
								Duration.ofMinutes(1)));
			}
		}
	}

	@ParameterizedTest
	@EnumSource
	@EnabledOnOs(value = OS.LINUX, disabledReason = "elsewhere loopback has one address")
	void answersNoServerOnItsOwnPort(EchoMode mode) throws IOException {
		try (EchoFixture echo = EchoFixture.guarded(this.transport, mode, "", GuardSettings.OPEN)) {
			int port = echo.port();
			InetAddress neighbour = InetAddress.ofLiteral("127.0.0.2");
			try (DatagramSocket twin = new DatagramSocket(new InetSocketAddress(neighbour, port))) {
				send(twin, "hello", port);
				await().until(() -> echo.counts().droppedFor(EchoDrop.LOOP) == 1);
				assertThat(EchoFixture.hasNothing(twin)).isTrue();
			}
			isAsIfNothingHadHappened(echo);
		}
	}

	@ParameterizedTest
	@EnumSource
	void answersNoDeniedPortAndIsNotHeldByIt(EchoMode mode) throws IOException {
		try (DatagramSocket service = new DatagramSocket(EchoFixture.loopback(0))) {
			PortRange denied = new PortRange(service.getLocalPort(), service.getLocalPort());
			try (EchoFixture echo = EchoFixture.guarded(this.transport, mode, "",
					new GuardSettings(List.of(), List.of(denied), false, RateLimit.NONE, RateLimit.NONE))) {
				send(service, "hello", echo.port());
				send(service, "goodbye", echo.port());
				await().until(() -> echo.counts().droppedFor(EchoDrop.SOURCE_PORT) == 2);
				assertThat(EchoFixture.hasNothing(service)).isTrue();
				assertThat(echo.isConnected()).isFalse();
				isAsIfNothingHadHappened(echo);
			}
		}
	}

	private static void isAsIfNothingHadHappened(EchoFixture echo) throws IOException {
		assertThat(echo.sessions().size()).isZero();
		assertThat(echo.counts().ended()).isZero();
		try (Client client = echo.client()) {
			assertThat(client.ask("hello")).isEqualTo("hello");
		}
		await().until(echo::isBalanced);
	}

	@ParameterizedTest
	@EnumSource
	void tellsInTheLogWhatItDropsButNotOfEach(EchoMode mode, CapturedOutput output) throws IOException {
		GuardSettings others = new GuardSettings(List.of(AddressRange.of("192.0.2.0/24")), List.of(), false,
				RateLimit.NONE, RateLimit.NONE);
		try (EchoFixture echo = EchoFixture.guarded(this.transport, mode, "", others); Client client = echo.client()) {
			for (int i = 0; i < 100; i++) {
				client.send("hello");
			}
			await().until(() -> echo.counts().droppedFor(EchoDrop.SOURCE_NOT_ALLOWED) == 100);
			await().untilAsserted(() -> assertThat(output.getAll().lines().filter((line) -> line.contains("dropped")))
					.singleElement()
					.asString()
					.containsPattern("dropped 100 datagrams in \\d+ s: source-not-allowed 100$"));
		}
	}

	@Test
	void warnsOfALongGreeting(CapturedOutput output) {
		EchoSettings settings = EchoFixture.settings(this.transport, EchoFixture.loopback(0), EchoMode.SHARED,
				"x".repeat(100),
				Duration.ofMinutes(1));
		try (EchoFixture echo = new EchoFixture(settings)) {
			await().until(() -> output.getAll().contains("answered by one of 128"));
			assertThat(echo.adapter().isListening()).isTrue();
		}
	}

}
