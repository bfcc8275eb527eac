package dev.udpprobe.echo;

import java.io.IOException;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.context.ApplicationContextException;

import dev.udpprobe.echo.EchoFixture.Client;
import dev.udpprobe.server.EachTransport;
import dev.udpprobe.server.ServerHealthIndicator;
import dev.udpprobe.server.Transport;
import dev.udpprobe.server.TransportDrop;
import dev.udpprobe.testing.ReadsLog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * The rules that both modes share.
 */
@EachTransport
@ReadsLog
class EchoServerTests {

	private final Transport transport;

	EchoServerTests(Transport transport) {
		this.transport = transport;
	}

	private static final Duration MINUTE = Duration.ofMinutes(1);

	@ParameterizedTest
	@CsvSource({"SHARED,'Hi, '", "SHARED,''", "EXCLUSIVE,'Hi, '", "EXCLUSIVE,''"})
	void repliesByteForByteAtEveryLength(EchoMode mode, String greeting) throws IOException {
		try (EchoFixture echo = EchoFixture.of(this.transport, mode, greeting, MINUTE); Client client = echo.client()) {
			byte[] hello = EchoFixture.bytes(greeting);
			for (int length : new int[]{1, 0, 2, 0, 0, 2_048, 2_049, 9_000, 65_507 - hello.length, 3}) {
				byte[] payload = new byte[length];
				new Random(length).nextBytes(payload);
				client.send(payload);
				assertThat(client.receive())
						.isEqualTo(ByteBuffer.allocate(hello.length + length).put(hello).put(payload).array());
			}
			echo.awaitCounted(10);
			assertThat(echo.counts().replied()).isEqualTo(10);
			assertThat(echo.sessions().size()).isEqualTo(1);
		}
	}

	@ParameterizedTest
	@EnumSource
	void dropsAndCountsWhatIsTooLongToAnswer(EchoMode mode) throws IOException {
		try (EchoFixture echo = EchoFixture.of(this.transport, mode, "Hi, ", MINUTE); Client client = echo.client()) {
			client.send(new byte[65_504]);
			assertThat(client.ask("next")).isEqualTo("Hi, next");
			echo.awaitCounted(2);
			assertThat(echo.counts().droppedFor(TransportDrop.OVERSIZED)).isEqualTo(1);
		}
	}

	@ParameterizedTest
	@EnumSource
	void takesAcknowledgementHeadersForPayloadAndSendsOnlyToTheSender(EchoMode mode) throws IOException {
		try (EchoFixture echo = EchoFixture.of(this.transport, mode, "Hi, ", MINUTE);
				Client client = echo.client();
				DatagramSocket victim = new DatagramSocket(
						new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
			String payload = "ip_ackTo=127.0.0.1:%d;id=0f6c9d6e-0000-4000-8000-000000000000;hello"
					.formatted(victim.getLocalPort());
			assertThat(client.ask(payload)).isEqualTo("Hi, " + payload);
			assertThat(client.ask("next")).isEqualTo("Hi, next");
			assertThat(EchoFixture.hasNothing(victim)).isTrue();
		}
	}

	@ParameterizedTest
	@EnumSource
	void repliesNothingToTheFarewellAndServesThePeerAnew(EchoMode mode) throws IOException {
		try (EchoFixture echo = EchoFixture.of(this.transport, mode, "Hi, ", MINUTE); Client client = echo.client()) {
			client.ask("one");
			client.send("goodbye");
			await().until(() -> echo.counts().ended() == 1 && echo.sessions().size() == 0);
			assertThat(client.hasNothing()).isTrue();
			assertThat(client.ask("again")).isEqualTo("Hi, again");
		}
	}

	@ParameterizedTest
	@EnumSource
	void endsIdleSessionsByItself(EchoMode mode) throws IOException {
		try (EchoFixture echo = EchoFixture.of(this.transport, mode, "Hi, ", Duration.ofMillis(50));
				Client client = echo.client()) {
			client.ask("one");
			await().until(() -> echo.sessions().size() == 0);
			assertThat(echo.sessions().endedBy(SessionEnd.IDLE)).isEqualTo(1);
			assertThat(client.ask("two")).isEqualTo("Hi, two");
		}
	}

	@Test
	void answersWhatItHasReceivedWhenItIsStoppedAndLogsTheCount(CapturedOutput output) throws IOException {
		try (EchoFixture echo = EchoFixture.of(this.transport); Client client = echo.client()) {
			client.ask("one");
			for (int i = 0; i < 50; i++) {
				client.send("message " + i);
			}
			echo.adapter().stop();
			assertThat(echo.counts().received()).isEqualTo(51);
			assertThat(echo.counts().replied()).isEqualTo(51);
			assertThat(output).contains("received 51 datagrams");
			assertThat(echo.adapter().isListening()).isFalse();
			for (int i = 0; i < 50; i++) {
				assertThat(client.receive()).isEqualTo(EchoFixture.bytes("Hi, message " + i));
			}
		}
	}

	@Test
	void listensAgainWhenItIsStartedAgain() throws IOException {
		try (EchoFixture echo = EchoFixture.of(this.transport)) {
			echo.adapter().stop();
			echo.adapter().start();
			try (Client client = echo.client()) {
				assertThat(client.ask("hello")).isEqualTo("Hi, hello");
			}
		}
	}

	@Test
	void saysWhichAddressIsTaken() throws IOException {
		try (DatagramSocket holder = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
			InetSocketAddress taken = (InetSocketAddress) holder.getLocalSocketAddress();
			assertThatExceptionOfType(ApplicationContextException.class)
					.isThrownBy(() -> new EchoFixture(
							EchoFixture.settings(this.transport, taken, EchoMode.SHARED, "", MINUTE)))
					.havingRootCause()
					.withMessageContaining("Address already in use")
					.satisfies((cause) -> assertThat(cause).isInstanceOf(BindException.class));
		}
	}

	@Test
	void isDownInHealthWhileItIsStopped() {
		try (EchoFixture echo = EchoFixture.of(this.transport)) {
			ServerHealthIndicator health = new ServerHealthIndicator(echo.server());
			assertThat(Objects.requireNonNull(health.health()).getStatus()).isEqualTo(Status.UP);
			echo.adapter().stop();
			assertThat(Objects.requireNonNull(health.health()).getStatus()).isEqualTo(Status.DOWN);
			assertThat(Objects.requireNonNull(health.health()).getDetails()).containsEntry("reason",
					"it has been stopped");
			echo.adapter().start();
			assertThat(Objects.requireNonNull(health.health()).getStatus()).isEqualTo(Status.UP);
		}
	}

}
