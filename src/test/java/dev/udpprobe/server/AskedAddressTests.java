package dev.udpprobe.server;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.udpprobe.echo.EchoFixture;
import dev.udpprobe.echo.EchoMode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Which address replies come from on a host with many. A connected client hears none from
 * any other than the one that it asked.
 */
@EnabledOnOs(value = OS.LINUX, architectures = {"amd64",
		"aarch64"}, disabledReason = "only Linux has all of 127.0.0.0/8, and the native transport")
class AskedAddressTests {

	private static final InetSocketAddress EVERYWHERE = new InetSocketAddress(0);

	private static final int PATIENCE_MILLIS = 10_000;

	@ParameterizedTest
	@CsvSource({"INET,127.0.0.1,SHARED", "INET,127.0.0.2,SHARED", "INET6,127.0.0.1,SHARED", "INET6,127.0.0.2,SHARED",
			"INET6,::1,SHARED", "INET,127.0.0.2,EXCLUSIVE", "INET6,127.0.0.2,EXCLUSIVE", "INET6,::1,EXCLUSIVE"})
	void aConnectedClientIsAnsweredWhereverItAsks(StandardProtocolFamily family, String asked, EchoMode mode)
			throws IOException {
		try (EchoFixture echo = everywhere(Transport.NATIVE, mode);
				DatagramSocket client = connected(family, asked, echo.port())) {
			converse(client);
		}
	}

	@ParameterizedTest
	@CsvSource({"NATIVE,127.0.0.1", "NATIVE,127.0.0.2", "PORTABLE,127.0.0.1", "PORTABLE,127.0.0.2"})
	void aSocketForEachAddressAnswersFromItsOwn(Transport transport, String asked) throws IOException {
		List<InetSocketAddress> addresses = List.of(at("127.0.0.1", 0), at("127.0.0.2", 0));
		try (EchoFixture echo = new EchoFixture(EchoFixture.settings(transport, addresses, EchoMode.SHARED, "Hi, ",
				Duration.ofMinutes(1), 1));
				DatagramSocket client = connected(StandardProtocolFamily.INET, asked, echo.port())) {
			converse(client);
		}
	}

	@Test
	void repliesOfOneBatchLeaveFromDifferentAddresses() throws IOException {
		List<String> asked = List.of("127.0.0.1", "127.0.0.2", "127.0.0.2", "127.0.0.3", "::1");
		try (EchoFixture echo = everywhere(Transport.NATIVE, EchoMode.SHARED);
				DatagramSocket client = new DatagramSocket()) {
			client.setSoTimeout(PATIENCE_MILLIS);
			for (int i = 0; i < 100; i++) {
				String address = asked.get(i % asked.size());
				client.send(packet(address, at(address, echo.port())));
			}
			for (int i = 0; i < 100; i++) {
				DatagramPacket reply = receive(client);
				assertThat(reply.getSocketAddress())
						.isEqualTo(at(text(reply).substring("Hi, ".length()), echo.port()));
			}
		}
	}

	/** Why the native transport is the default, and the portable one may be given addresses. */
	@Test
	void oneSocketOfTheJdkAnswersFromAnAddressThatWasNotAsked() throws IOException {
		try (EchoFixture echo = everywhere(Transport.PORTABLE, EchoMode.SHARED);
				DatagramSocket client = new DatagramSocket(at("127.0.0.1", 0))) {
			client.setSoTimeout(PATIENCE_MILLIS);
			client.send(packet("hello", at("127.0.0.2", echo.port())));
			assertThat(receive(client).getSocketAddress()).isEqualTo(at("127.0.0.1", echo.port()));
		}
	}

	@Test
	void theSocketOfAnExclusivePeerIsAtTheAddressThatItAsked() throws IOException {
		try (EchoFixture echo = everywhere(Transport.NATIVE, EchoMode.EXCLUSIVE);
				DatagramSocket holder = connected(StandardProtocolFamily.INET, "127.0.0.2", echo.port())) {
			converse(holder);
			await().until(() -> isConnectedAt127002(echo.port()));
			converse(holder);
			for (String address : List.of("127.0.0.1", "127.0.0.2")) {
				try (DatagramSocket other = connected(StandardProtocolFamily.INET, address, echo.port())) {
					other.send(packet("hello", other.getRemoteSocketAddress()));
					assertThatExceptionOfType(PortUnreachableException.class).isThrownBy(() -> receive(other));
				}
			}
			holder.send(packet("goodbye", holder.getRemoteSocketAddress()));
			await().until(() -> echo.counts().ended() == 1 && !isConnectedAt127002(echo.port()));
			try (DatagramSocket next = connected(StandardProtocolFamily.INET, "127.0.0.3", echo.port())) {
				converse(next);
			}
			await().until(echo::isBalanced);
		}
	}

	/** {@code proc_net(5)}: addresses are in the byte order of the host, and 01 is connected. */
	private static boolean isConnectedAt127002(int port) throws IOException {
		Pattern connected = Pattern.compile("0200007F:%04X \\p{XDigit}+:\\p{XDigit}{4} 01 ".formatted(port));
		return connected.matcher(Files.readString(Path.of("/proc/net/udp"))).find()
				|| connected.matcher(Files.readString(Path.of("/proc/net/udp6"))).find();
	}

	private static EchoFixture everywhere(Transport transport, EchoMode mode) {
		return new EchoFixture(EchoFixture.settings(transport, EVERYWHERE, mode, "Hi, ", Duration.ofMinutes(1)));
	}

	/**
	 * @param family a socket of INET6 asks an IPv4 address as a mapped one
	 */
	private static DatagramSocket connected(StandardProtocolFamily family, String address, int port)
			throws IOException {
		DatagramSocket socket = DatagramChannel.open(family).socket();
		socket.setSoTimeout(PATIENCE_MILLIS);
		socket.connect(at(address, port));
		return socket;
	}

	/**
	 * One datagram, and many at once.
	 */
	private static void converse(DatagramSocket client) throws IOException {
		assertThat(ask(client, "hello")).isEqualTo("Hi, hello");
		for (int i = 0; i < 100; i++) {
			client.send(packet("message " + i % 10, client.getRemoteSocketAddress()));
		}
		for (int i = 0; i < 100; i++) {
			assertThat(text(receive(client))).isEqualTo("Hi, message " + i % 10);
		}
	}

	private static String ask(DatagramSocket client, String text) throws IOException {
		client.send(packet(text, client.getRemoteSocketAddress()));
		return text(receive(client));
	}

	private static DatagramPacket packet(String text, SocketAddress to) {
		byte[] bytes = EchoFixture.bytes(text);
		return new DatagramPacket(bytes, bytes.length, to);
	}

	private static DatagramPacket receive(DatagramSocket client) throws IOException {
		DatagramPacket packet = new DatagramPacket(new byte[2_048], 2_048);
		client.receive(packet);
		return packet;
	}

	private static String text(DatagramPacket packet) {
		return new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
	}

	private static InetSocketAddress at(String address, int port) {
		return new InetSocketAddress(InetAddress.ofLiteral(address), port);
	}

}
