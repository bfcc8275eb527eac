package dev.udpprobe.exchange;

import java.net.DatagramPacket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.udpprobe.linux.KernelDetail;
import dev.udpprobe.net.PayloadLimits;
import dev.udpprobe.outcome.Outcome;
import dev.udpprobe.outcome.RoundTrip;

import static dev.udpprobe.exchange.Numbered.LONG;
import static dev.udpprobe.exchange.Numbered.SHORT;
import static dev.udpprobe.exchange.Numbered.bytes;
import static dev.udpprobe.exchange.Numbered.over;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Each answer belongs to the datagram that it is about.
 */
@ParameterizedClass
@ValueSource(strings = {"127.0.0.1", "::1"})
@EnabledOnOs(value = OS.LINUX, architectures = {"amd64", "aarch64"})
class FlowTests {

	private final ExchangeEngine engine = new ExchangeEngine(4, 1, KernelDetail.find(), DestinationRates.NONE);

	private final Numbered numbered = new Numbered();

	private final String address;

	FlowTests(String address) {
		this.address = address;
	}

	@AfterEach
	void close() {
		this.engine.close();
	}

	private Flow open(TestServer server) throws NotSentException {
		return this.numbered.open(this.engine, server.address());
	}

	/**
	 * @return a flow whose datagrams nothing tells apart
	 */
	private Flow openAlike(TestServer server) throws NotSentException {
		return this.engine.open(server.address(), ExchangeOptions.CONNECTED,
				new FlowSettings(3, Correlation.NONE, this.numbered));
	}

	private static List<CompletableFuture<FlowDatagram>> send(Flow flow, String... payloads) {
		return Stream.of(payloads).map((payload) -> Numbered.send(flow, payload)).toList();
	}

	private static String reply(FlowDatagram datagram) {
		assertThat(datagram.outcome()).isInstanceOf(Outcome.Replied.class);
		return new String(((Outcome.Replied) datagram.outcome()).reply(), StandardCharsets.UTF_8);
	}

	private static long kernelNanos(FlowDatagram datagram) {
		RoundTrip roundTrip = Objects.requireNonNull(datagram.outcome().roundTrip());
		assertThat(roundTrip.clock()).isEqualTo(RoundTrip.Clock.KERNEL);
		return roundTrip.nanos();
	}

	/**
	 * A server that answers when it has so many datagrams, the last first.
	 */
	private TestServer reversing(int count) {
		List<DatagramPacket> packets = new ArrayList<>();
		return TestServer.on(this.address, (self, packet) -> {
			packets.addFirst(packet);
			if (packets.size() == count) {
				for (DatagramPacket one : packets) {
					self.reply(one, one.getData());
				}
				packets.clear();
			}
		});
	}

	@Test
	void repliesInAnyOrderFindTheirDatagrams() throws Exception {
		String[] payloads = IntStream.range(0, 10).mapToObj((i) -> "datagram " + i).toArray(String[]::new);
		try (TestServer server = reversing(payloads.length); Flow flow = open(server)) {
			List<FlowDatagram> datagrams = over(send(flow, payloads));
			assertThat(datagrams).extracting(FlowTests::reply).containsExactly(payloads);
			assertThat(datagrams).extracting(FlowDatagram::key)
					.containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L);
			assertThat(this.numbered.ended()).containsExactlyElementsOf(datagrams.reversed());
			assertThat(this.numbered.strays()).isEmpty();
			assertThat(server.next().getSocketAddress()).isEqualTo(flow.local());
		}
	}

	@Test
	void roundTripsAreOfTheirOwnDatagrams() throws Exception {
		try (TestServer warm = TestServer.echo(this.address);
				TestServer silent = TestServer.silent();
				TestServer server = reversing(2);
				Flow flow = open(server)) {
			awaitTimes(warm);
			CompletableFuture<FlowDatagram> first = Numbered.send(flow, "1");
			server.next();
			long leftNanos = System.nanoTime();
			this.engine.exchange(silent.address(), bytes("wait"), SHORT, ExchangeOptions.CONNECTED).get();
			long gapNanos = System.nanoTime() - leftNanos;
			CompletableFuture<FlowDatagram> second = Numbered.send(flow, "2");
			assertThat(kernelNanos(over(second))).isPositive();
			assertThat(kernelNanos(over(first)) - kernelNanos(over(second))).isGreaterThan(gapNanos * 9 / 10);
		}
	}

	/** The kernel needs a moment to begin to take times of arrival. */
	private void awaitTimes(TestServer server) throws Exception {
		RoundTrip.Clock clock = RoundTrip.Clock.JVM;
		try (Flow flow = open(server)) {
			for (int i = 0; clock == RoundTrip.Clock.JVM && i < 10_000; i++) {
				clock = Objects.requireNonNull(over(Numbered.send(flow, "warm " + i)).outcome().roundTrip()).clock();
			}
		}
	}

	@Test
	void timesAreRightAfterADatagramThatCouldNotBeSent() throws Exception {
		try (TestServer server = TestServer.echo(this.address); Flow flow = open(server)) {
			awaitTimes(server);
			for (int i = 0; i < 5; i++) {
				FlowDatagram tooBig = over(flow.send(i, new byte[PayloadLimits.MAX_IPV6 + 1], LONG));
				assertThat(tooBig.isSent()).isFalse();
				assertThat(tooBig.outcome()).isInstanceOf(Outcome.TooBig.class);
				FlowDatagram datagram = over(Numbered.send(flow, "datagram " + i));
				assertThat(reply(datagram)).isEqualTo("datagram " + i);
				assertThat(kernelNanos(datagram)).isPositive();
			}
		}
	}

	@Test
	void aSecondReplyIsAStray() throws Exception {
		List<String> doubles = new ArrayList<>();
		try (TestServer server = TestServer.on(this.address, (self, packet) -> {
			self.reply(packet, packet.getData());
			self.reply(packet, packet.getData());
		}); Flow flow = open(server)) {
			for (int i = 0; i < 50; i++) {
				assertThat(reply(over(Numbered.send(flow, "datagram " + i)))).isEqualTo("datagram " + i);
				doubles.add("datagram " + i);
			}
			await().untilAsserted(() -> assertThat(this.numbered.strays()).isEqualTo(doubles));
		}
	}

	@Test
	void aLateReplyIsAStray() throws Exception {
		try (TestServer server = reversing(2); Flow flow = open(server)) {
			FlowDatagram late = over(Numbered.send(flow, "1, late", SHORT));
			assertThat(late.outcome()).isEqualTo(new Outcome.TimedOut());
			assertThat(this.numbered.strays()).isEmpty();
			// The server answers both now, and a third and fourth after them.
			FlowDatagram second = over(Numbered.send(flow, "2, in time"));
			List<FlowDatagram> others = over(send(flow, "3", "4"));
			assertThat(reply(second)).isEqualTo("2, in time");
			assertThat(others).extracting(FlowTests::reply).containsExactly("3", "4");
			assertThat(late.outcome()).isEqualTo(new Outcome.TimedOut());
			assertThat(this.numbered.strays()).containsExactly("1, late");
			assertThat(this.numbered.ended()).hasSize(4);
		}
	}

	@Test
	void aReplyToNoneThatWasSentIsAStray() throws Exception {
		try (TestServer server = TestServer.on(this.address, (self, packet) -> {
			self.reply(packet, bytes("99"));
			self.reply(packet, packet.getData());
		}); Flow flow = open(server)) {
			assertThat(reply(over(Numbered.send(flow, "1")))).isEqualTo("1");
			assertThat(this.numbered.strays()).containsExactly("99");
		}
	}

	@Test
	void anEchoMayAddToThePayload() throws Exception {
		try (TestServer server = TestServer.on(this.address,
				(self, packet) -> self.reply(packet,
						bytes("Hi, " + new String(packet.getData(), StandardCharsets.UTF_8) + "!")));
				Flow flow = open(server)) {
			assertThat(over(send(flow, "1", "2", "3"))).extracting(FlowTests::reply)
					.containsExactly("Hi, 1!", "Hi, 2!", "Hi, 3!");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = {"pong", ""})
	void anAnswerThatTellsNothingIsOfTheOldestThatWaits(String answer) throws Exception {
		try (TestServer server = TestServer.on(this.address, (self, packet) -> self.reply(packet, bytes(answer)));
				Flow flow = open(server)) {
			List<FlowDatagram> datagrams = over(send(flow, "3", "1", "2"));
			assertThat(datagrams).extracting(FlowTests::reply).containsOnly(answer);
			assertThat(this.numbered.ended()).isEqualTo(datagrams);
		}
	}

	@Test
	void identicalPayloadsAreAnsweredInTheirOrder() throws Exception {
		try (TestServer server = reversing(3); Flow flow = openAlike(server)) {
			List<CompletableFuture<FlowDatagram>> sent = new ArrayList<>();
			for (int key = 0; key < 3; key++) {
				sent.add(flow.send(key, bytes("same"), LONG));
			}
			List<FlowDatagram> datagrams = over(sent);
			assertThat(datagrams).extracting(FlowTests::reply).containsOnly("same");
			assertThat(this.numbered.ended()).isEqualTo(datagrams);
		}
	}

	/** An answer to the first may come before or after its time is over, but each has one end. */
	@Test
	void aDatagramEndsOnceThoughItsAnswerComesWithItsTimeOut() throws Exception {
		try (TestServer server = TestServer.echo(this.address); Flow flow = open(server)) {
			List<CompletableFuture<FlowDatagram>> sent = new ArrayList<>();
			for (int i = 0; i < 100; i++) {
				sent.add(Numbered.send(flow, "datagram " + i, Duration.ofNanos(1_000L * (i + 1))));
			}
			List<FlowDatagram> datagrams = over(sent);
			assertThat(datagrams).allSatisfy((datagram) -> assertThat(datagram.outcome())
					.isInstanceOfAny(Outcome.Replied.class, Outcome.TimedOut.class));
			assertThat(this.numbered.ended()).containsExactlyInAnyOrderElementsOf(datagrams);
		}
	}

}
