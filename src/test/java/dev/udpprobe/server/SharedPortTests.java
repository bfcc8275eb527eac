package dev.udpprobe.server;

import java.io.IOException;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import dev.udpprobe.echo.EchoDrop;
import dev.udpprobe.echo.EchoFixture;
import dev.udpprobe.echo.EchoFixture.Client;
import dev.udpprobe.echo.EchoHandler;
import dev.udpprobe.echo.EchoMode;
import dev.udpprobe.echo.EchoSettings;
import dev.udpprobe.echo.Guard;
import dev.udpprobe.echo.GuardSettings;
import dev.udpprobe.echo.SessionEnd;
import dev.udpprobe.echo.Sessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Many sockets on one port, between which the kernel divides the peers.
 */
@EachTransport
@EnabledOnOs(value = OS.LINUX, disabledReason = "other systems do not divide what comes")
class SharedPortTests {

	private static final int SOCKETS = 4;

	private static final int CLIENTS = 200;

	private static final int DATAGRAMS = 5;

	private final EchoSettings settings;

	SharedPortTests(Transport transport) {
		this.settings = new EchoSettings(List.of(EchoFixture.loopback(0)), EchoFixture.bytes("Hi, "),
				EchoFixture.bytes("goodbye"), EchoMode.SHARED, Duration.ofMinutes(1), 2 * CLIENTS, 0, transport,
				SOCKETS, List.of());
	}

	@Test
	void allPeersAreServedAndCountedExactly() throws IOException {
		try (EchoFixture echo = new EchoFixture(this.settings)) {
			List<Client> clients = clients(echo.port());
			try {
				for (int i = 0; i < DATAGRAMS; i++) {
					for (Client client : clients) {
						client.send("message " + i);
					}
					for (Client client : clients) {
						assertThat(client.receive()).isEqualTo(EchoFixture.bytes("Hi, message " + i));
					}
				}
				echo.awaitCounted(CLIENTS * DATAGRAMS);
				assertThat(echo.counts().replied()).isEqualTo(CLIENTS * DATAGRAMS);
				assertThat(echo.sessions().size()).isEqualTo(CLIENTS);
				assertThat(echo.peers()).allMatch((session) -> session.datagrams() == DATAGRAMS);
				for (Client client : clients) {
					client.send("goodbye");
				}
				await().until(() -> echo.sessions().size() == 0);
				assertThat(echo.sessions().endedBy(SessionEnd.FAREWELL)).isEqualTo(CLIENTS);
				for (Client client : clients) {
					assertThat(client.hasNothing()).isTrue();
				}
			}
			finally {
				clients.forEach(Client::close);
			}
		}
	}

	@Test
	void itAnswersWhatItsSocketsHaveReceivedWhenItIsStopped() throws IOException {
		try (EchoFixture echo = new EchoFixture(this.settings)) {
			List<Client> clients = clients(echo.port());
			try {
				for (Client client : clients) {
					client.send("one");
					client.send("two");
				}
				echo.adapter().stop();
				assertThat(echo.counts().replied()).isEqualTo(2 * CLIENTS);
				for (Client client : clients) {
					assertThat(client.receive()).isEqualTo(EchoFixture.bytes("Hi, one"));
					assertThat(client.receive()).isEqualTo(EchoFixture.bytes("Hi, two"));
				}
			}
			finally {
				clients.forEach(Client::close);
			}
		}
	}

	@Test
	void manyThreadsReceive() throws IOException {
		Set<String> receiving = ConcurrentHashMap.newKeySet();
		ServerCounts counts = new ServerCounts(EchoDrop.values());
		Handler handler = new EchoHandler(this.settings,
				new Guard(GuardSettings.OPEN, this.settings.greeting(), System.nanoTime()),
				new Sessions(CLIENTS, Duration.ofMinutes(1), counts));
		UdpServer server = new UdpServer(this.settings.server(), handler, counts);
		server.open((batch) -> () -> {
			receiving.add(Thread.currentThread().getName());
			handler.handle(batch);
			batch.send();
		});
		server.start();
		try {
			// Each goes to any of the sockets with the same chance.
			for (Client client : clients(server.port())) {
				assertThat(client.ask("hello")).isEqualTo("Hi, hello");
				client.close();
			}
			assertThat(receiving).containsExactlyInAnyOrder("udp-echo-0", "udp-echo-1", "udp-echo-2", "udp-echo-3");
		}
		finally {
			server.stop();
		}
	}

	@Test
	void nobodyElseHasThePort() throws IOException {
		try (EchoFixture echo = new EchoFixture(this.settings)) {
			InetSocketAddress taken = EchoFixture.loopback(echo.port());
			assertThatExceptionOfType(BindException.class).isThrownBy(() -> new DatagramSocket(taken).close());
			EchoSettings same = new EchoSettings(List.of(taken), this.settings.greeting(), this.settings.farewell(),
					EchoMode.SHARED, Duration.ofMinutes(1), CLIENTS, 0, this.settings.transport(), SOCKETS,
					List.of());
			assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> new EchoFixture(same).close())
					.havingRootCause()
					.withMessageContaining("Address already in use");
			try (Client client = echo.client()) {
				assertThat(client.ask("still here")).isEqualTo("Hi, still here");
			}
		}
	}

	private static List<Client> clients(int port) throws IOException {
		List<Client> clients = new ArrayList<>();
		for (int i = 0; i < CLIENTS; i++) {
			clients.add(new Client(EchoFixture.loopback(0).getAddress(), port, 0));
		}
		return clients;
	}

}
