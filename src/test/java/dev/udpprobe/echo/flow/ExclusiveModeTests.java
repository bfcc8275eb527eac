package dev.udpprobe.echo.flow;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.PortUnreachableException;
import java.time.Duration;

import org.junit.jupiter.api.Test;

import dev.udpprobe.echo.DropReason;
import dev.udpprobe.echo.SessionEnd;
import dev.udpprobe.echo.flow.EchoFixture.Client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * The connected server: one peer at a time.
 */
class ExclusiveModeTests {

	private static final Duration MINUTE = Duration.ofMinutes(1);

	@Test
	void servesTheFirstPeerAloneUntilItsFarewell() throws IOException {
		try (EchoFixture echo = EchoFixture.exclusive(MINUTE);
				Client first = echo.client();
				Client second = echo.client()) {
			assertThat(first.ask("one")).isEqualTo("Hi, one");
			awaitConnected(echo);
			assertThatExceptionOfType(PortUnreachableException.class).isThrownBy(() -> askConnected(echo));
			second.send("ignored");
			assertThat(first.ask("two")).isEqualTo("Hi, two");
			assertThat(second.hasNothing()).isTrue();
			assertThat(echo.counts().received()).isEqualTo(2);
			first.send("goodbye");
			await().until(() -> echo.sessions().size() == 0 && !echo.adapter().echoSocket().isConnected());
			assertThat(second.ask("mine")).isEqualTo("Hi, mine");
			assertThat(echo.isBalanced()).isTrue();
		}
	}

	@Test
	void answersABurstWithWhichThePeerBegins() throws IOException {
		try (EchoFixture echo = EchoFixture.exclusive(MINUTE); Client client = echo.client()) {
			for (int i = 0; i < 20; i++) {
				client.send("message " + i);
			}
			for (int i = 0; i < 20; i++) {
				assertThat(client.receive()).isEqualTo(EchoFixture.bytes("Hi, message " + i));
			}
		}
	}

	@Test
	void dropsAndCountsWhatOthersQueuedBeforeItWasConnected() throws IOException {
		try (EchoFixture echo = EchoFixture.exclusive(MINUTE);
				Client first = echo.client();
				Client other = echo.client()) {
			// Which of the two is held is a race; that nobody's datagram is lost without a count is not.
			for (int i = 0; i < 1_000 && echo.counts().droppedFor(DropReason.OTHER_PEER) == 0; i++) {
				first.send("hello");
				other.send("hello");
				first.send("goodbye");
				other.send("goodbye");
			}
			await().until(echo::isBalanced);
			assertThat(echo.counts().droppedFor(DropReason.OTHER_PEER)).isPositive();
		}
	}

	@Test
	void hearsOfAPeerThatIsGoneAndServesTheNext() throws IOException {
		try (EchoFixture echo = EchoFixture.exclusive(MINUTE)) {
			int port;
			try (Client gone = echo.client()) {
				port = gone.port();
				gone.ask("one");
				awaitConnected(echo);
				for (int i = 0; i < 100; i++) {
					gone.send("I leave before the reply");
				}
			}
			await().until(() -> echo.counts().refusals() > 0 && echo.sessions().size() <= 1);
			assertThat(echo.counts().sessionsEndedBy(SessionEnd.REFUSED)).isPositive();
			try (Client back = new Client(echo.adapter().getPort(), port)) {
				assertThat(back.ask("back")).isEqualTo("Hi, back");
			}
		}
	}

	private static void askConnected(EchoFixture echo) throws IOException {
		try (DatagramSocket socket = new DatagramSocket()) {
			socket.setSoTimeout(10_000);
			socket.connect(InetAddress.getLoopbackAddress(), echo.adapter().getPort());
			socket.send(new DatagramPacket(new byte[5], 5));
			socket.receive(new DatagramPacket(new byte[5], 5));
		}
	}

	private static void awaitConnected(EchoFixture echo) {
		await().until(() -> echo.adapter().echoSocket().isConnected());
	}

}
