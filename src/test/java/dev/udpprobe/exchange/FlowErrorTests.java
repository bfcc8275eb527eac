package dev.udpprobe.exchange;

import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.udpprobe.linux.KernelDetail;
import dev.udpprobe.linux.SocketOptions;
import dev.udpprobe.outcome.Outcome;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Errors come with the next call, whichever that is, and yet belong to their own datagrams.
 */
@ParameterizedClass
@ValueSource(strings = {"127.0.0.1", "::1"})
@EnabledOnOs(value = OS.LINUX, architectures = {"amd64", "aarch64"})
class FlowErrorTests {

	private final LocalPorts ports = new LocalPorts(LocalPorts.ephemeral(), new SecureRandom());

	private static final Duration LONG = Duration.ofSeconds(20);

	private final String address;

	FlowErrorTests(String address) {
		this.address = address;
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	/** The buffer has room for all errors and transmit times, whenever they are read. */
	@ParameterizedTest
	@ValueSource(strings = {"datagram %d", "same"})
	void everyDatagramOfABurstIsRefusedOnce(String payload) throws Exception {
		InetSocketAddress closed = TestServer.closedPort(this.address);
		DatagramChannel channel = ExchangeChannels.open(closed, ExchangeOptions.CONNECTED, this.ports,
				KernelDetail.find());
		channel.setOption(StandardSocketOptions.SO_RCVBUF, 212_992);
		try (Flow flow = new Flow(channel, closed, this.ports, () -> false, () -> {})) {
			for (int i = 0; i < 200; i++) {
				flow.send(bytes(payload.formatted(i)));
			}
			flow.await(flow.datagrams(), LONG);
			assertThat(flow.datagrams()).hasSize(200).allMatch(FlowDatagram::isSent).allSatisfy(
					(datagram) -> assertThat(datagram.outcome()).isInstanceOf(Outcome.Refused.class));
		}
	}

	/** The kernel queues an error before it has it pending, so it may be read too early. */
	@Test
	void anErrorThatIsPendingButNotQueuedKeepsNothingFromBeingSent() throws Exception {
		InetSocketAddress closed = TestServer.closedPort(this.address);
		boolean ipv6 = closed.getAddress() instanceof Inet6Address;
		DatagramChannel channel = DatagramChannel
				.open(ipv6 ? StandardProtocolFamily.INET6 : StandardProtocolFamily.INET)
				.connect(closed);
		channel.configureBlocking(false);
		try (Selector selector = Selector.open()) {
			channel.register(selector, SelectionKey.OP_READ);
			channel.write(ByteBuffer.wrap(bytes("before")));
			assertThat(selector.select(LONG.toMillis())).isOne();
		}
		SocketOptions.reportErrors(channel, ipv6);
		try (Flow flow = new Flow(channel, closed, this.ports, () -> false, () -> {})) {
			FlowDatagram datagram = flow.send(bytes("hello"));
			flow.await(List.of(datagram), LONG);
			assertThat(datagram.isSent()).isTrue();
			assertThat(datagram.outcome()).isInstanceOf(Outcome.Refused.class);
		}
	}

}
