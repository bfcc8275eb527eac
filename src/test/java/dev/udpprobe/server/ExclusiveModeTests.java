package dev.udpprobe.server;

import java.io.IOException;
import java.net.BindException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;

import dev.udpprobe.echo.EchoDrop;
import dev.udpprobe.echo.EchoFixture;
import dev.udpprobe.echo.EchoFixture.Client;
import dev.udpprobe.echo.EchoMode;
import dev.udpprobe.echo.GuardSettings;
import dev.udpprobe.echo.SessionEnd;
import dev.udpprobe.net.PortRange;
import dev.udpprobe.net.RateLimit;
import dev.udpprobe.testing.ThisJvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * The connected server: one peer at a time.
 */
@EachTransport
@EnabledOnOs(value = OS.LINUX, disabledReason = "which socket is connected can be seen only on Linux")
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(value = ThisJvm.LOCK, mode = ResourceAccessMode.READ)
class ExclusiveModeTests {

	private final Transport transport;

	ExclusiveModeTests(Transport transport) {
		this.transport = transport;
	}

	private static final Duration MINUTE = Duration.ofMinutes(1);

	@Test
	void servesTheFirstPeerAloneUntilItsFarewell() throws IOException {
		try (EchoFixture echo = EchoFixture.of(this.transport, EchoMode.EXCLUSIVE, "Hi, ", MINUTE);
				Client first = echo.client();
				Client second = echo.client()) {
			assertThat(first.ask("one")).isEqualTo("Hi, one");
			awaitConnected(echo);
			assertThatExceptionOfType(PortUnreachableException.class).isThrownBy(() -> askConnected(echo));
			second.send("ignored");
			assertThat(first.ask("two")).isEqualTo("Hi, two");
			assertThat(second.hasNothing()).isTrue();
			echo.awaitCounted(2);
			first.send("goodbye");
			await().until(() -> echo.sessions().size() == 0 && !echo.isConnected());
			assertThat(second.ask("mine")).isEqualTo("Hi, mine");
			echo.awaitCounted(4);
		}
	}

	@Test
	void servesPeersOfBothFamiliesOneAfterTheOther() throws IOException {
		InetSocketAddress everywhere = new InetSocketAddress(0);
		try (EchoFixture echo = new EchoFixture(
				EchoFixture.settings(this.transport, everywhere, EchoMode.EXCLUSIVE, "Hi, ", MINUTE))) {
			int port = echo.port();
			for (String address : List.of("127.0.0.1", "::1", "127.0.0.1", "::1", "127.0.0.1")) {
				try (Client client = new Client(InetAddress.ofLiteral(address), port, 0)) {
					assertThat(client.ask("one")).isEqualTo("Hi, one");
					awaitConnected(echo);
					assertThat(client.ask("two")).isEqualTo("Hi, two");
					client.send("goodbye");
					assertThat(client.ask("I stay")).isEqualTo("Hi, I stay");
					client.send("goodbye");
					await().until(() -> echo.sessions().size() == 0);
				}
			}
			assertThat(echo.port()).isEqualTo(port);
			await().until(echo::isBalanced);
			assertThatExceptionOfType(BindException.class).isThrownBy(() -> new DatagramSocket(port).close());
		}
	}

	@Test
	void letsNobodyKeepTheFirstPeerWaitingForever() throws Exception {
		AtomicBoolean enough = new AtomicBoolean();
		try (DatagramSocket other = new DatagramSocket(EchoFixture.loopback(0))) {
			PortRange others = new PortRange(other.getLocalPort(), other.getLocalPort());
			GuardSettings guard = new GuardSettings(List.of(), List.of(others), false, RateLimit.NONE,
					RateLimit.NONE);
			try (EchoFixture echo = EchoFixture.guarded(this.transport, EchoMode.EXCLUSIVE, "Hi, ", guard);
					Client first = echo.client()) {
				Thread flood = Thread.ofPlatform().start(() -> flood(other, echo.port(), enough));
				try {
					await().until(() -> echo.counts().droppedFor(EchoDrop.SOURCE_PORT) > 0);
					// The queue may be full, so that one or the other is lost.
					await().until(() -> {
						first.send("hello");
						return !first.hasNothing();
					});
				}
				finally {
					enough.set(true);
					flood.join();
				}
			}
		}
	}

	private static void flood(DatagramSocket socket, int port, AtomicBoolean enough) {
		try {
			DatagramPacket packet = new DatagramPacket(new byte[5], 5, EchoFixture.loopback(port));
			while (!enough.get()) {
				socket.send(packet);
			}
		}
		catch (IOException ex) {
			throw new AssertionError(ex);
		}
	}

	@Test
	void answersABurstWithWhichThePeerBegins() throws IOException {
		try (EchoFixture echo = EchoFixture.of(this.transport, EchoMode.EXCLUSIVE, "Hi, ", MINUTE);
				Client client = echo.client()) {
			for (int i = 0; i < 20; i++) {
				client.send("message " + i);
			}
			for (int i = 0; i < 20; i++) {
				assertThat(client.receive()).isEqualTo(EchoFixture.bytes("Hi, message " + i));
			}
		}
	}

	@Test
	void hearsOfAPeerThatIsGoneAndServesTheNext() throws IOException {
		try (EchoFixture echo = EchoFixture.of(this.transport, EchoMode.EXCLUSIVE, "Hi, ", MINUTE)) {
			int port;
			try (Client first = echo.client()) {
				port = first.port();
				first.ask("one");
				awaitConnected(echo);
			}
			// A server that is quick may answer all of them in time, so perhaps more than once.
			await().atMost(MINUTE).until(() -> {
				try (Client gone = new Client(InetAddress.getLoopbackAddress(), echo.port(), port)) {
					for (int i = 0; i < 100; i++) {
						gone.send("I leave before the reply");
					}
				}
				return isRefusedSoon(echo);
			});
			await().until(() -> echo.sessions().size() <= 1);
			assertThat(echo.sessions().endedBy(SessionEnd.REFUSED)).isPositive();
			try (Client back = new Client(InetAddress.getLoopbackAddress(), echo.port(), port)) {
				back.send("back");
				// What it has left behind is answered first.
				await().until(() -> new String(back.receive(), StandardCharsets.UTF_8).equals("Hi, back"));
			}
		}
	}

	private static boolean isRefusedSoon(EchoFixture echo) {
		try {
			await().until(() -> echo.counts().refusals() > 0);
			return true;
		}
		catch (ConditionTimeoutException _) {
			return false;
		}
	}

	private static void askConnected(EchoFixture echo) throws IOException {
		try (DatagramSocket socket = new DatagramSocket()) {
			socket.setSoTimeout(10_000);
			socket.connect(InetAddress.getLoopbackAddress(), echo.port());
			socket.send(new DatagramPacket(new byte[5], 5));
			socket.receive(new DatagramPacket(new byte[5], 5));
		}
	}

	private static void awaitConnected(EchoFixture echo) {
		await().until(() -> echo.isConnected());
	}

}
