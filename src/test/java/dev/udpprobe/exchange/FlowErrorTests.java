package dev.udpprobe.exchange;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.udpprobe.linux.KernelDetail;
import dev.udpprobe.linux.QueuedError;
import dev.udpprobe.linux.SocketOptions;
import dev.udpprobe.outcome.Outcome;

import static dev.udpprobe.exchange.Numbered.LONG;
import static dev.udpprobe.exchange.Numbered.bytes;
import static dev.udpprobe.exchange.Numbered.over;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Errors come with the next call, whichever that is, and yet belong to their own datagrams.
 */
@ParameterizedClass
@ValueSource(strings = {"127.0.0.1", "::1"})
@EnabledOnOs(value = OS.LINUX, architectures = {"amd64", "aarch64"})
class FlowErrorTests {

	private final ExchangeChannels channels = new ExchangeChannels(
			1, new LocalPorts(LocalPorts.ephemeral(), new SecureRandom()), KernelDetail.find(), DestinationRates.NONE);

	private final ExchangeLoop loop = new ExchangeLoop(0, () -> SocketReader.of(KernelDetail.find()));

	private final Numbered numbered = new Numbered();

	private final String address;

	FlowErrorTests(String address) {
		this.address = address;
	}

	@BeforeEach
	void start() {
		this.loop.start();
	}

	@AfterEach
	void close() {
		this.loop.close();
	}

	private Flow open(InetSocketAddress remote) throws IOException {
		return this.channels.open(remote, ExchangeOptions.CONNECTED, (channel) -> {
			Flow flow = new Flow(this.loop, this.channels, channel, remote, ExchangeOptions.CONNECTED,
					this.numbered.settings(200), () -> false);
			this.loop.run(flow::begin);
			return flow;
		});
	}

	/** The buffer has room for all errors and transmit times, whenever they are read. */
	@ParameterizedTest
	@ValueSource(strings = {"datagram %d", "same"})
	void everyDatagramOfABurstIsRefusedOnce(String payload) throws Exception {
		InetSocketAddress closed = TestServer.closedPort(this.address);
		try (Flow flow = open(closed)) {
			List<CompletableFuture<FlowDatagram>> sent = new ArrayList<>();
			for (int i = 0; i < 200; i++) {
				sent.add(flow.send(i, bytes(payload.formatted(i)), LONG));
			}
			List<FlowDatagram> datagrams = over(sent);
			assertThat(datagrams).allMatch(FlowDatagram::isSent)
					.allSatisfy((datagram) -> assertThat(datagram.outcome()).isInstanceOf(Outcome.Refused.class));
			assertThat(this.numbered.ended()).hasSize(200).containsExactlyInAnyOrderElementsOf(datagrams);
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
		try (Flow flow = new Flow(this.loop, this.channels, channel, closed, ExchangeOptions.CONNECTED,
				this.numbered.settings(1), () -> false)) {
			CompletableFuture<CompletableFuture<FlowDatagram>> sent = new CompletableFuture<>();
			// Sent before the loop, which takes what is pending, hears of the socket.
			this.loop.run(() -> {
				sent.complete(flow.send(1, bytes("hello"), LONG));
				flow.begin();
			});
			FlowDatagram datagram = over(sent.get(10, TimeUnit.SECONDS));
			assertThat(datagram.isSent()).isTrue();
			assertThat(datagram.outcome()).isInstanceOf(Outcome.Refused.class);
		}
	}

	/** Whatever the correlation makes of it. */
	@Test
	void aQuoteOfWhatWasNotSentIsNobodys() throws Exception {
		try (TestServer server = TestServer.on(this.address, (_, _) -> {});
				Flow flow = open(server.address())) {
			CompletableFuture<FlowDatagram> sent = Numbered.send(flow, "datagram 1");
			InetAddress reporter = server.address().getAddress();
			QueuedError refusal = (reporter instanceof Inet6Address)
					? new QueuedError(QueuedError.Origin.ICMPV6, 111, 1, 4, 0, reporter, server.address(), 0)
					: new QueuedError(QueuedError.Origin.ICMP, 111, 3, 3, 0, reporter, server.address(), 0);
			this.loop.run(() -> {
				flow.errors().failed(refusal, ByteBuffer.wrap(bytes("forged   1")));
				flow.errors().failed(refusal, ByteBuffer.wrap(bytes("forged")));
				flow.errors().failed(refusal, ByteBuffer.wrap(bytes("datagram 2")));
			});
			server.reply(server.next(), bytes("1"));
			assertThat(over(sent).outcome()).isInstanceOf(Outcome.Replied.class);
		}
	}

	@Test
	void whereAnOptionCannotBeSetNothingIsSent() throws Exception {
		try (TestServer server = TestServer.on(this.address, (_, _) -> {}); Flow flow = open(server.address())) {
			for (String reason : List.of("the first", "the second")) {
				this.loop.execute(() -> flow.set((_) -> {
					throw new IOException(reason);
				}));
			}
			FlowDatagram datagram = over(Numbered.send(flow, "datagram 1"));
			assertThat(datagram.isSent()).isFalse();
			assertThat(datagram.outcome()).isEqualTo(new Outcome.NotSent("the first"));
			assertThat(server.countReceived()).isZero();
		}
	}

}
