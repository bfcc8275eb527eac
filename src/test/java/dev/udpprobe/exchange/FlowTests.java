package dev.udpprobe.exchange;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
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

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each answer belongs to the datagram that it is about.
 */
@ParameterizedClass
@ValueSource(strings = {"127.0.0.1", "::1"})
@EnabledOnOs(value = OS.LINUX, architectures = {"amd64", "aarch64"})
class FlowTests {

	private static final Duration LONG = Duration.ofSeconds(20);

	private static final Duration SHORT = Duration.ofMillis(100);

	private final ExchangeEngine engine = new ExchangeEngine(4, KernelDetail.find());

	private final String address;

	FlowTests(String address) {
		this.address = address;
	}

	@AfterEach
	void close() {
		this.engine.close();
	}

	private Flow open(InetSocketAddress remote) throws NotSentException {
		return this.engine.open(remote, ExchangeOptions.CONNECTED);
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	private static List<FlowDatagram> send(Flow flow, String... payloads) {
		List<FlowDatagram> datagrams = new ArrayList<>();
		for (String payload : payloads) {
			datagrams.add(flow.send(bytes(payload)));
		}
		return datagrams;
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
		return reversing(count, 1 << 16);
	}

	/**
	 * @param returned how many bytes of each it returns at most
	 */
	private TestServer reversing(int count, int returned) {
		List<DatagramPacket> packets = new ArrayList<>();
		return TestServer.on(this.address, (self, packet) -> {
			packets.addFirst(packet);
			if (packets.size() == count) {
				for (DatagramPacket one : packets) {
					self.reply(one, Arrays.copyOf(one.getData(), Math.min(one.getLength(), returned)));
				}
				packets.clear();
			}
		});
	}

	@ParameterizedTest
	@ValueSource(ints = {11, 80})
	void repliesOfTheBeginningFindTheirDatagramsToo(int echoed) throws Exception {
		String[] messages = IntStream.range(0, 10)
				.mapToObj((i) -> "datagram " + i + ".".repeat(echoed - 10))
				.toArray(String[]::new);
		try (TestServer server = reversing(messages.length, echoed); Flow flow = open(server.address())) {
			List<FlowDatagram> datagrams = Stream.of(messages)
					.map((message) -> flow.send(bytes(message + "and what is not returned"), echoed))
					.toList();
			flow.await(datagrams, LONG);
			assertThat(datagrams).extracting(FlowTests::reply).containsExactly(messages);
		}
	}

	@Test
	void repliesInAnyOrderFindTheirDatagrams() throws Exception {
		String[] payloads = IntStream.range(0, 10).mapToObj((i) -> "datagram " + i).toArray(String[]::new);
		try (TestServer server = reversing(payloads.length); Flow flow = open(server.address())) {
			List<FlowDatagram> datagrams = send(flow, payloads);
			flow.await(datagrams, LONG);
			assertThat(datagrams).extracting(FlowTests::reply).containsExactly(payloads);
			assertThat(flow.datagrams()).isEqualTo(datagrams);
			assertThat(server.next().getSocketAddress()).isEqualTo(flow.local());
		}
	}

	@Test
	void aPayloadThatIsInAnotherOneIsNotTakenForIt() throws Exception {
		try (TestServer server = reversing(3); Flow flow = open(server.address())) {
			List<FlowDatagram> datagrams = send(flow, "1", "10", "010");
			flow.await(datagrams, LONG);
			assertThat(datagrams).extracting(FlowTests::reply).containsExactly("1", "10", "010");
		}
	}

	@Test
	void roundTripsAreOfTheirOwnDatagrams() throws Exception {
		try (TestServer warm = TestServer.echo(this.address);
				TestServer silent = TestServer.silent();
				TestServer server = reversing(2);
				Flow flow = open(server.address())) {
			awaitTimes(warm);
			FlowDatagram first = flow.send(bytes("first"));
			long leftNanos = System.nanoTime();
			this.engine.exchange(silent.address(), bytes("wait"), SHORT, ExchangeOptions.CONNECTED);
			long gapNanos = System.nanoTime() - leftNanos;
			FlowDatagram second = flow.send(bytes("second"));
			flow.await(List.of(first, second), LONG);
			assertThat(kernelNanos(second)).isPositive();
			assertThat(kernelNanos(first) - kernelNanos(second)).isGreaterThan(gapNanos * 9 / 10);
		}
	}

	/** The kernel needs a moment to begin to take times of arrival. */
	private void awaitTimes(TestServer server) throws NotSentException, IOException, InterruptedException {
		RoundTrip.Clock clock = RoundTrip.Clock.JVM;
		try (Flow flow = open(server.address())) {
			for (int i = 0; clock == RoundTrip.Clock.JVM && i < 10_000; i++) {
				FlowDatagram datagram = flow.send(bytes("warm " + i));
				flow.await(List.of(datagram), LONG);
				clock = Objects.requireNonNull(datagram.outcome().roundTrip()).clock();
			}
		}
	}

	@Test
	void timesAreRightAfterADatagramThatCouldNotBeSent() throws Exception {
		try (TestServer server = TestServer.echo(this.address); Flow flow = open(server.address())) {
			awaitTimes(server);
			for (int i = 0; i < 5; i++) {
				FlowDatagram tooBig = flow.send(new byte[PayloadLimits.MAX_IPV6 + 1]);
				assertThat(tooBig.isSent()).isFalse();
				assertThat(tooBig.outcome()).isInstanceOf(Outcome.TooBig.class);
				FlowDatagram datagram = flow.send(bytes("datagram " + i));
				flow.await(List.of(tooBig, datagram), LONG);
				assertThat(reply(datagram)).isEqualTo("datagram " + i);
				assertThat(kernelNanos(datagram)).isPositive();
			}
		}
	}

	@Test
	void aSecondReplyIsNobodysElse() throws Exception {
		try (TestServer server = TestServer.on(this.address, (self, packet) -> {
			self.reply(packet, packet.getData());
			self.reply(packet, packet.getData());
		}); Flow flow = open(server.address())) {
			for (int i = 0; i < 50; i++) {
				FlowDatagram datagram = flow.send(bytes("datagram " + i));
				flow.await(List.of(datagram), LONG);
				assertThat(reply(datagram)).isEqualTo("datagram " + i);
			}
		}
	}

	@Test
	void aLateReplyIsNobodysElse() throws Exception {
		try (TestServer server = reversing(2); Flow flow = open(server.address())) {
			FlowDatagram late = flow.send(bytes("late"));
			flow.await(List.of(late), SHORT);
			assertThat(late.outcome()).isEqualTo(new Outcome.TimedOut());
			// The server answers both now, and a third and fourth after them.
			FlowDatagram second = flow.send(bytes("in time"));
			flow.await(List.of(second), LONG);
			List<FlowDatagram> others = send(flow, "third", "fourth");
			flow.await(others, LONG);
			assertThat(reply(second)).isEqualTo("in time");
			assertThat(others).extracting(FlowTests::reply).containsExactly("third", "fourth");
			assertThat(late.outcome()).isEqualTo(new Outcome.TimedOut());
		}
	}

	@Test
	void anEchoMayAddToThePayload() throws Exception {
		try (TestServer server = TestServer.on(this.address,
				(self, packet) -> self.reply(packet,
						bytes("Hi, " + new String(packet.getData(), StandardCharsets.UTF_8) + "!")));
				Flow flow = open(server.address())) {
			List<FlowDatagram> datagrams = send(flow, "one", "two", "three");
			Collections.reverse(datagrams);
			flow.await(datagrams, LONG);
			assertThat(datagrams).extracting(FlowTests::reply).containsExactly("Hi, three!", "Hi, two!", "Hi, one!");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = {"pong", ""})
	void anAnswerWithoutThePayloadIsOfTheOldestThatWaits(String answer) throws Exception {
		try (TestServer server = TestServer.on(this.address, (self, packet) -> self.reply(packet, bytes(answer)));
				Flow flow = open(server.address())) {
			List<FlowDatagram> datagrams = send(flow, "one", "two", "three");
			flow.await(datagrams.subList(0, 1), LONG);
			flow.await(datagrams, LONG);
			assertThat(datagrams).extracting(FlowTests::reply).containsOnly(answer);
		}
	}

	@Test
	void identicalPayloadsAreAnsweredInTheirOrder() throws Exception {
		try (TestServer server = reversing(3); Flow flow = open(server.address())) {
			List<FlowDatagram> datagrams = send(flow, "same", "same", "same");
			flow.await(datagrams, LONG);
			assertThat(datagrams).extracting(FlowTests::reply).containsOnly("same");
		}
	}

}
