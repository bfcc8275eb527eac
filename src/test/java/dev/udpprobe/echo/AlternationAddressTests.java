package dev.udpprobe.echo;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import dev.udpprobe.server.Transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * From which address a peer is answered whose datagram was held back.
 */
@EnabledOnOs(value = OS.LINUX, architectures = {"amd64",
		"aarch64"}, disabledReason = "only Linux has all of 127.0.0.0/8, and the native transport")
class AlternationAddressTests {

	private static EchoFixture everywhere() {
		return new EchoFixture(EchoFixture.settings(Transport.NATIVE, new InetSocketAddress(0), EchoMode.SHARED, "Hi, ",
				Duration.ofMinutes(1)), AlternationTests.BREAKING);
	}

	@Test
	void itIsTheOneThatWasAsked() {
		await().atMost(Duration.ofSeconds(30)).until(() -> {
			try (EchoFixture echo = everywhere();
					NumberedClient client = new NumberedClient(InetAddress.ofLiteral("127.0.0.2"), echo.port())) {
				client.window(1, 256);
				client.send();
				boolean held = !client.receive(20);
				client.pace(1, 1);
				return held && client.answered().size() == 258;
			}
		});
	}

	@Test
	void itIsNoneWhereThePeerHasAskedAnotherMeanwhile() {
		await().atMost(Duration.ofSeconds(30)).until(() -> droppedFor("127.0.0.1", "127.0.0.2") == 1);
	}

	private static long droppedFor(String address, String last) throws IOException {
		try (EchoFixture echo = everywhere(); DatagramSocket client = new DatagramSocket()) {
			client.setSoTimeout(1_000);
			for (int i = 0; i < 256; i++) {
				send(client, address, echo.port());
				assertThat(receive(client)).isEqualTo("Hi, " + address);
			}
			send(client, last, echo.port());
			send(client, address, echo.port());
			await().until(() -> echo.counts().received() == 258 && echo.isBalanced());
			for (long replies = echo.counts().replied() - 256; replies > 0; replies--) {
				receive(client);
			}
			return echo.counts().droppedFor(EchoDrop.ALTERNATION);
		}
	}

	private static void send(DatagramSocket client, String address, int port) throws IOException {
		byte[] bytes = EchoFixture.bytes(address);
		client.send(new DatagramPacket(bytes, bytes.length, InetAddress.ofLiteral(address), port));
	}

	/**
	 * @return a reply, which has come from the address that it quotes
	 */
	private static String receive(DatagramSocket client) throws IOException {
		DatagramPacket reply = new DatagramPacket(new byte[64], 64);
		client.receive(reply);
		String text = new String(reply.getData(), 0, reply.getLength(), StandardCharsets.UTF_8);
		assertThat(text).isEqualTo("Hi, " + reply.getAddress().getHostAddress());
		return text;
	}

}
