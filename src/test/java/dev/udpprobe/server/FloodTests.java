package dev.udpprobe.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.parallel.ResourceLock;

import dev.udpprobe.echo.EchoFixture;
import dev.udpprobe.echo.EchoFixture.Client;
import dev.udpprobe.echo.EchoMode;
import dev.udpprobe.linux.KernelDrops;
import dev.udpprobe.testing.ThisJvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * More than the server can take: what it received is accounted for to the last datagram.
 */
@EachTransport
@EnabledOnOs(value = OS.LINUX, disabledReason = "the kernel's own drops are known only on Linux")
@ResourceLock(ThisJvm.LOCK)
class FloodTests {

	private final Transport transport;

	FloodTests(Transport transport) {
		this.transport = transport;
	}

	private static final int DATAGRAMS = 30_000;

	@Test
	void accountsForEveryDatagramOfAFlood() throws Exception {
		try (EchoFixture echo = EchoFixture.of(this.transport, EchoMode.SHARED, "Hi, ", Duration.ofMinutes(1))) {
			long threads = echoThreads();
			Thread[] senders = new Thread[4];
			for (int i = 0; i < senders.length; i++) {
				senders[i] = Thread.ofPlatform().start(() -> flood(echo));
			}
			for (Thread sender : senders) {
				sender.join();
			}
			int port = echo.port();
			long sent = (long) senders.length * DATAGRAMS;
			await().atMost(30, TimeUnit.SECONDS)
					.until(() -> echo.counts().received() + KernelDrops.ofPort(port) == sent);
			await().until(echo::isBalanced);
			assertThat(echo.counts().ended()).isPositive();
			assertThat(echo.counts().dropped()).isPositive();
			assertThat(echo.sessions().size()).isLessThanOrEqualTo(100);
			assertThat(echoThreads()).isEqualTo(threads);
			try (Client client = echo.client()) {
				assertThat(client.ask("after the flood")).isEqualTo("Hi, after the flood");
			}
			long drops = echo.server().kernelDrops();
			assertThat(drops).isEqualTo(KernelDrops.ofPort(port));
			echo.adapter().stop();
			assertThat(echo.server().kernelDrops()).isEqualTo(drops);
			echo.adapter().start();
			assertThat(echo.server().kernelDrops()).isEqualTo(drops);
		}
	}

	private static long echoThreads() {
		return Thread.getAllStackTraces().keySet().stream().filter((thread) -> thread.getName().contains("udp-echo"))
				.count();
	}

	/**
	 * Sends from many ports: payloads of all kinds, some farewells, some too long to
	 * answer.
	 */
	private static void flood(EchoFixture echo) {
		Random random = new Random(7);
		int left = DATAGRAMS;
		while (left > 0) {
			try (Client client = echo.client()) {
				for (int i = 0; i < 250; i++, left--) {
					client.send(payload(random.nextInt(100)));
				}
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}
	}

	private static byte[] payload(int kind) {
		return switch (kind) {
			case 0 -> EchoFixture.bytes("goodbye");
			case 1 -> new byte[65_505];
			case 2 -> EchoFixture.bytes("ip_ackTo=127.0.0.1:9;id=x;");
			default -> new byte[kind];
		};
	}

}
