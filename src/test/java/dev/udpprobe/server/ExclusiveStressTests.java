package dev.udpprobe.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.parallel.Isolated;

import dev.udpprobe.echo.EchoFixture;
import dev.udpprobe.echo.EchoMode;
import dev.udpprobe.echo.SessionEnd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Many peers that all want the connected server, and leave it in every way there is.
 */
@Isolated("counts the UDP sockets of the JVM")
@EachTransport
@EnabledOnOs(value = OS.LINUX, disabledReason = "open sockets can be counted only on Linux")
class ExclusiveStressTests {

	private static final int PEERS = 8;

	private static final int ROUNDS = 500;

	/** The column of {@code /proc/net/udp}. */
	private static final int INODE = 9;

	private final Transport transport;

	ExclusiveStressTests(Transport transport) {
		this.transport = transport;
	}

	@Test
	void itServesTheNextPeerAfterThousandsAndKeepsNoSocketOpen() throws Exception {
		try (EchoFixture echo = EchoFixture.of(this.transport, EchoMode.EXCLUSIVE, "Hi, ", Duration.ofMillis(10))) {
			fight(echo, 20);
			awaitFree(echo);
			long sockets = sockets();
			fight(echo, ROUNDS);
			awaitFree(echo);
			await().untilAsserted(() -> assertThat(sockets()).isEqualTo(sockets));
			assertThat(echo.sessions().endedBy(SessionEnd.FAREWELL)).isPositive();
			// Without a proof, a session is idle before it ends as refused.
			assertThat(echo.sessions().endedBy(SessionEnd.REFUSED) > 0).isEqualTo(echo.server().isNative());
			assertThat(echo.sessions().endedBy(SessionEnd.IDLE)).isPositive();
		}
	}

	/** Whoever comes next has an answer. */
	private static void awaitFree(EchoFixture echo) {
		await().until(() -> echo.sessions().size() == 0 && echo.isBalanced());
		await().until(() -> {
			try (DatagramSocket peer = peer(100)) {
				send(peer, "mine", echo.port());
				return isAnswered(peer);
			}
		});
		await().until(() -> echo.sessions().size() == 0 && echo.isBalanced());
	}

	private static void fight(EchoFixture echo, int rounds) throws Exception {
		try (ExecutorService executor = Executors.newFixedThreadPool(PEERS)) {
			List<Future<Void>> peers = new ArrayList<>();
			for (int i = 0; i < PEERS; i++) {
				Random random = new Random(i);
				peers.add(executor.submit(() -> {
					for (int round = 0; round < rounds; round++) {
						visit(echo.port(), random);
					}
					return null;
				}));
			}
			for (Future<Void> peer : peers) {
				peer.get();
			}
		}
	}

	/**
	 * Comes, perhaps is heard, and leaves with a farewell, without a word, or before its
	 * replies are there.
	 */
	private static void visit(int port, Random random) throws IOException {
		try (DatagramSocket peer = peer(2)) {
			for (int i = random.nextInt(4); i >= 0; i--) {
				send(peer, "x".repeat(random.nextInt(200)), port);
			}
			int leaving = random.nextInt(4);
			if (leaving > 0) {
				isAnswered(peer);
			}
			if (leaving > 1) {
				send(peer, "goodbye", port);
			}
		}
	}

	private static DatagramSocket peer(int patienceMillis) throws IOException {
		DatagramSocket peer = new DatagramSocket(EchoFixture.loopback(0));
		peer.setSoTimeout(patienceMillis);
		return peer;
	}

	private static void send(DatagramSocket peer, String text, int port) throws IOException {
		byte[] payload = EchoFixture.bytes(text);
		peer.send(new DatagramPacket(payload, payload.length, EchoFixture.loopback(port)));
	}

	private static boolean isAnswered(DatagramSocket peer) throws IOException {
		try {
			peer.receive(new DatagramPacket(new byte[1_000], 1_000));
			return true;
		}
		catch (SocketTimeoutException _) {
			return false;
		}
	}

	/** Of UDP alone: connections of other tests may be closed meanwhile. */
	private static long sockets() throws IOException {
		Set<String> udp = new HashSet<>();
		for (String table : List.of("udp", "udp6")) {
			Files.readAllLines(Path.of("/proc/self/net", table))
					.forEach((line) -> udp.add("socket:[%s]".formatted(line.strip().split("\\s+", -1)[INODE])));
		}
		try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
			return descriptors.filter((descriptor) -> udp.contains(link(descriptor))).count();
		}
	}

	private static String link(Path descriptor) {
		try {
			return Files.readSymbolicLink(descriptor).toString();
		}
		catch (NoSuchFileException _) {
			return "";
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
