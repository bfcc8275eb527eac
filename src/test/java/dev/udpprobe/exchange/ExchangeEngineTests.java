package dev.udpprobe.exchange;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.Random;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.udpprobe.exchange.ExchangeOptions.SocketKind;
import dev.udpprobe.outcome.Outcome;
import dev.udpprobe.testing.InTime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

@ParameterizedClass
@EnumSource
class ExchangeEngineTests {

	private static final Duration LONG = Duration.ofSeconds(20);

	private static final Duration SHORT = Duration.ofMillis(150);

	private final ExchangeEngine engine;

	ExchangeEngineTests(Detail detail) {
		this.engine = new ExchangeEngine(16, 1, detail.get(), DestinationRates.NONE);
	}

	@AfterEach
	void close() {
		this.engine.close();
	}

	private Exchange exchange(InetSocketAddress remote, byte[] payload, Duration timeout, ExchangeOptions options)
			throws InterruptedException {
		return this.engine.exchange(remote, payload, timeout, options).join();
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	private static byte[] random(int length) {
		byte[] payload = new byte[length];
		new Random(length).nextBytes(payload);
		return payload;
	}

	private static byte[] reply(Exchange exchange) {
		assertThat(exchange.outcome()).isInstanceOf(Outcome.Replied.class);
		return ((Outcome.Replied) exchange.outcome()).reply();
	}

	@ParameterizedTest
	@CsvSource({"127.0.0.1,0", "127.0.0.1,1", "127.0.0.1,2049", "127.0.0.1,65507", "::1,0", "::1,1", "::1,65527"})
	void tellsTheReplyWholeForEveryLength(String address, int length) throws InterruptedException {
		for (SocketKind kind : SocketKind.values()) {
			try (TestServer server = TestServer.echo(address)) {
				Exchange exchange = exchange(server.address(), random(length), LONG, ExchangeOptions.of(kind));
				assertThat(reply(exchange)).isEqualTo(random(length));
				assertThat(exchange.sent()).isTrue();
				assertThat(exchange.bytesSent()).isEqualTo(length);
				assertThat(exchange.remote()).isEqualTo(server.address());
				assertThat(Objects.requireNonNull(exchange.outcome().roundTrip()).nanos()).isPositive();
				assertThat(server.next().getSocketAddress()).extracting("port")
						.isEqualTo(Objects.requireNonNull(exchange.local()).getPort());
				assertThat(server.countReceived()).isZero();
			}
		}
	}

	@ParameterizedTest
	@ValueSource(strings = {"127.0.0.1", "::1"})
	void hearsOfAClosedPortWithoutWaiting(String address) throws IOException, InterruptedException {
		Exchange exchange = exchange(TestServer.closedPort(address), bytes("hello"), LONG, ExchangeOptions.CONNECTED);
		assertThat(exchange.outcome()).isInstanceOf(Outcome.Refused.class);
		assertThat(exchange.sent()).isTrue();
	}

	@Test
	void hearsOfAClosedPortAfterAnEmptyDatagram() throws IOException, InterruptedException {
		Exchange exchange = exchange(TestServer.closedPort("127.0.0.1"), bytes(""), LONG, ExchangeOptions.CONNECTED);
		assertThat(exchange.outcome()).isInstanceOf(Outcome.Refused.class);
	}

	@ParameterizedTest
	@ValueSource(ints = {0, 1})
	void leavesFromTheSourceThatWasAskedFor(int length) throws InterruptedException {
		InetAddress source = InetAddress.ofLiteral("127.0.0.2");
		try (TestServer server = TestServer.echo("127.0.0.1")) {
			Exchange exchange = exchange(server.address(), new byte[length], LONG,
					new ExchangeOptions(SocketKind.CONNECTED, null, null, null, source, null));
			assertThat(exchange.outcome()).isInstanceOf(Outcome.Replied.class);
			assertThat(Objects.requireNonNull(exchange.local()).getAddress()).isEqualTo(source);
			assertThat(server.next().getAddress()).isEqualTo(source);
		}
	}

	/** Linux would bind to the first two, and send from another address. */
	@ParameterizedTest
	@ValueSource(strings = {"224.0.0.1", "127.255.255.255", "192.0.2.1", "255.255.255.255", "::1"})
	void leavesFromNoAddressThatIsNotOfThisHost(String source) throws InterruptedException {
		try (TestServer server = TestServer.echo("127.0.0.1")) {
			Exchange exchange = exchange(server.address(), bytes("hello"), LONG,
					new ExchangeOptions(SocketKind.CONNECTED, null, null, null, InetAddress.ofLiteral(source), null));
			assertThat(exchange.outcome()).isInstanceOf(Outcome.NotSent.class);
		}
	}

	@Test
	void hearsNothingOfAClosedPortUnconnected() throws IOException, InterruptedException {
		Exchange exchange = exchange(TestServer.closedPort("127.0.0.1"), bytes("hello"), SHORT,
				ExchangeOptions.of(SocketKind.UNCONNECTED));
		assertThat(exchange.outcome()).isEqualTo(new Outcome.TimedOut());
	}

	@ParameterizedTest
	@EnumSource
	void timesOutOnSilence(SocketKind kind) throws InterruptedException {
		try (TestServer server = TestServer.silent()) {
			Exchange exchange = exchange(server.address(), bytes("hello"), SHORT, ExchangeOptions.of(kind));
			assertThat(exchange.outcome()).isEqualTo(new Outcome.TimedOut());
			assertThat(exchange.sent()).isTrue();
			assertThat(server.next().getLength()).isEqualTo(5);
		}
	}

	@ParameterizedTest
	@CsvSource({"127.0.0.1,65508", "::1,65528"})
	void sendsNothingThatNoDatagramCanCarry(String address, int length) throws InterruptedException {
		try (TestServer server = TestServer.echo(address)) {
			Exchange exchange = exchange(server.address(), random(length), LONG, ExchangeOptions.CONNECTED);
			assertThat(exchange.outcome()).isInstanceOf(Outcome.TooBig.class);
			assertThat(exchange.sent()).isFalse();
			assertThat(reply(exchange(server.address(), bytes("next"), LONG, ExchangeOptions.CONNECTED)))
					.isEqualTo(bytes("next"));
			assertThat(server.next().getLength()).isEqualTo(4);
		}
	}

	/** The kernel lets no ordinary socket send to the broadcast address ({@code ip(7)}). */
	@ParameterizedTest
	@EnumSource
	void saysWhatTheLocalHostDoesNotSend(SocketKind kind) throws InterruptedException {
		Exchange exchange = exchange(new InetSocketAddress(InetAddress.ofLiteral("255.255.255.255"), 9), bytes("hello"),
				LONG, ExchangeOptions.of(kind));
		assertThat(exchange.outcome()).isInstanceOf(Outcome.NotSent.class);
		assertThat(((Outcome.NotSent) exchange.outcome()).reason()).isNotEmpty();
		assertThat(exchange.sent()).isFalse();
	}

	@Test
	void hearsOfAReplyFromAnotherAddressOnlyUnconnected() throws Exception {
		try (DatagramSocket other = other()) {
			Exchange unconnected = answeredBy(other, ExchangeOptions.of(SocketKind.UNCONNECTED));
			assertThat(unconnected.outcome()).isInstanceOf(Outcome.Misaddressed.class);
			Outcome.Misaddressed misaddressed = (Outcome.Misaddressed) unconnected.outcome();
			assertThat(misaddressed.from()).isEqualTo(other.getLocalSocketAddress());
			assertThat(misaddressed.reply()).isEqualTo(bytes("other"));
			Exchange connected = answeredBy(other, ExchangeOptions.CONNECTED);
			assertThat(connected.outcome()).isEqualTo(new Outcome.TimedOut());
		}
	}

	private Exchange answeredBy(DatagramSocket other, ExchangeOptions options) throws Exception {
		return InTime.of(1, SHORT, (time) -> {
			try (TestServer server = TestServer.on("127.0.0.1", (_, packet) -> {
				other.send(new DatagramPacket(bytes("other"), 5, packet.getSocketAddress()));
				time.answered();
			})) {
				return exchange(server.address(), bytes("hello"), SHORT, options);
			}
		});
	}

	@Test
	void prefersTheTargetsReplyToOneThatCameEarlierFromElsewhere() throws InterruptedException {
		try (DatagramSocket other = other(); TestServer server = TestServer.on("127.0.0.1", (self, packet) -> {
			other.send(new DatagramPacket(bytes("other"), 5, packet.getSocketAddress()));
			self.reply(packet, bytes("own"));
		})) {
			assertThat(
					reply(exchange(server.address(), bytes("hello"), LONG, ExchangeOptions.of(SocketKind.UNCONNECTED))))
					.isEqualTo(bytes("own"));
		}
	}

	private static DatagramSocket other() {
		try {
			return new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Test
	void takesNoUnresolvedAddress() {
		assertThatIllegalArgumentException().isThrownBy(
				() -> exchange(InetSocketAddress.createUnresolved("x", 9), bytes(""), LONG, ExchangeOptions.CONNECTED));
	}

}
