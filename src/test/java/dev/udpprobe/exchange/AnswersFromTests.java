package dev.udpprobe.exchange;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import dev.udpprobe.exchange.ExchangeOptions.AnswersFrom;
import dev.udpprobe.exchange.ExchangeOptions.SocketKind;
import dev.udpprobe.outcome.Outcome;
import dev.udpprobe.testing.InTime;

import static dev.udpprobe.exchange.Greeter.LONG;
import static dev.udpprobe.exchange.Greeter.SHORT;
import static dev.udpprobe.exchange.Greeter.bytes;
import static dev.udpprobe.exchange.Greeter.reply;
import static dev.udpprobe.exchange.Greeter.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Others than the target may answer, but nothing is sent to them, and what ICMP says of others
 * changes nothing.
 */
@ParameterizedClass
@EnumSource
class AnswersFromTests {

	private final Detail detail;

	private final Greeter greeter;

	AnswersFromTests(Detail detail) {
		this.detail = detail;
		this.greeter = new Greeter(detail);
	}

	@AfterEach
	void close() {
		this.greeter.close();
	}

	private static ExchangeOptions from(AnswersFrom from) {
		return new ExchangeOptions(SocketKind.INFORMED, null, null, null, null, null, from);
	}

	private static DatagramSocket on(String address) {
		try {
			return new DatagramSocket(new InetSocketAddress(InetAddress.ofLiteral(address), 0));
		}
		catch (SocketException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** As a server of TFTP does. */
	private static TestServer answeredBy(DatagramSocket other, String answer, Runnable answered) {
		return TestServer.on("127.0.0.1", (_, packet) -> {
			other.send(new DatagramPacket(bytes(answer), answer.length(), packet.getSocketAddress()));
			answered.run();
		});
	}

	private Exchange heard(AnswersFrom from, DatagramSocket other, String answer, Dialogue dialogue, Runnable answered)
			throws Exception {
		try (TestServer server = answeredBy(other, answer, answered)) {
			Exchange exchange = this.greeter.greet(server.address(), from(from), dialogue);
			assertThat(exchange.remote()).isEqualTo(server.address());
			return exchange;
		}
	}

	@ParameterizedTest
	@CsvSource({"TARGET,127.0.0.1,MISADDRESSED", "TARGET,127.0.0.2,MISADDRESSED", "ANY_PORT,127.0.0.1,REPLIED",
			"ANY_PORT,127.0.0.2,MISADDRESSED", "ANYONE,127.0.0.1,REPLIED", "ANYONE,127.0.0.2,REPLIED"})
	void othersAnswerOnlyWhereTheyMay(AnswersFrom from, String address, Outcome.Kind kind) throws Exception {
		for (String answer : new String[]{"yes", ""}) {
			try (DatagramSocket other = on(address)) {
				// It ends with an answer, but waits longer where there is none.
				Exchange exchange = (kind == Outcome.Kind.REPLIED)
						? heard(from, other, answer, new Dialogue.Once(bytes("hello"), LONG), () -> {})
						: InTime.of(1, SHORT, (time) -> heard(from, other, answer,
								new Dialogue.Once(bytes("hello"), SHORT), time::answered));
				assertThat(exchange.outcome().kind()).isEqualTo(kind);
				if (exchange.outcome() instanceof Outcome.Replied replied) {
					assertThat(replied.reply()).isEqualTo(bytes(answer));
					assertThat(replied.from()).isEqualTo(other.getLocalSocketAddress());
				}
			}
		}
	}

	@ParameterizedTest
	@EnumSource
	void theTargetAnswersForItself(AnswersFrom from) throws Exception {
		for (String address : new String[]{"127.0.0.1", "::1"}) {
			for (int length : new int[]{0, 5}) {
				try (TestServer server = TestServer.echo(address)) {
					Exchange exchange = this.greeter.greet(server.address(), from(from),
							new Dialogue.Once(new byte[length], LONG));
					assertThat(exchange.outcome()).isInstanceOfSatisfying(Outcome.Replied.class, (replied) -> {
						assertThat(replied.reply()).isEqualTo(new byte[length]);
						assertThat(replied.from()).isNull();
					});
				}
			}
		}
	}

	@Test
	void whatSomebodyElseSaysMayBeNoAnswerToo() throws Exception {
		try (DatagramSocket other = on("127.0.0.1")) {
			Exchange exchange = InTime.of(1, SHORT, (time) -> heard(AnswersFrom.ANY_PORT, other, "stale",
					new Said("secret", SHORT), time::answered));
			assertThat(exchange.outcome()).isInstanceOfSatisfying(Outcome.Mismatched.class,
					(mismatched) -> assertThat(mismatched.from()).isEqualTo(other.getLocalSocketAddress()));
		}
	}

	/** Says hello, answers a challenge with a secret, and hears yes alone. */
	private record Said(String secret, Duration timeout) implements Dialogue {

		@Override
		public Send first(InetSocketAddress local) {
			return new Send(bytes("hello"), this.timeout);
		}

		@Override
		public Step received(ByteBuffer datagram) {
			return switch (text(datagram)) {
				case "yes" -> As.ANSWER;
				case "who?" -> new Send(bytes(this.secret), LONG);
				default -> As.STRAY;
			};
		}

	}

	@Test
	void moreIsSentToTheTargetAlone() throws Exception {
		try (DatagramSocket other = on("127.0.0.2"); TestServer server = TestServer.on("127.0.0.1", (self, packet) -> {
			byte[] answer = bytes((packet.getLength() == "hello".length()) ? "who?" : "yes");
			other.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
		})) {
			Exchange exchange = this.greeter.greet(server.address(), from(AnswersFrom.ANYONE),
					new Said("secret", LONG));
			assertThat(reply(exchange.outcome())).isEqualTo("yes");
			assertThat(server.next().getSocketAddress()).isEqualTo(server.next().getSocketAddress());
			other.setSoTimeout(1);
			assertThatExceptionOfType(SocketTimeoutException.class)
					.isThrownBy(() -> other.receive(new DatagramPacket(new byte[9], 9)));
		}
	}

	/** Where the kernel tells nothing, it is silent. */
	@ParameterizedTest
	@CsvSource({"127.0.0.1,5", "127.0.0.1,0", "::1,5", "::1,0"})
	void aRefusalIsHeardWhereTheKernelTells(String address, int length) throws Exception {
		boolean told = this.detail.get().errors();
		InetSocketAddress closed = TestServer.closedPort(address);
		Exchange exchange = this.greeter.greet(closed, from(AnswersFrom.ANYONE),
				new Dialogue.Once(new byte[length], told ? LONG : SHORT));
		assertThat(exchange.outcome().kind()).isEqualTo(told ? Outcome.Kind.REFUSED : Outcome.Kind.TIMED_OUT);
		if (told) {
			assertThat(Objects.requireNonNull(exchange.outcome().icmp()).reporter()).isEqualTo(closed.getAddress());
		}
	}

	/** The kernel gives an error to whoever has the local port, though it is of another's datagram. */
	@ParameterizedTest
	@CsvSource({"127.0.0.1,5", "127.0.0.1,0", "::1,5", "::1,0"})
	void aRefusalByAnotherThanTheTargetChangesNothing(String address, int length) throws Exception {
		byte[] payload = new byte[length];
		try (TestServer server = TestServer.on(address, (_, _) -> {});
				ExchangeLoop loop = new ExchangeLoop(0, () -> SocketReader.of(this.detail.get()))) {
			loop.start();
			OneShot exchange = oneShot(loop, server, payload);
			loop.execute(exchange::begin);
			DatagramPacket question = server.next();
			for (int i = 0; i < 3; i++) {
				refuse(exchange, payload, TestServer.closedPort(address));
			}
			server.reply(new DatagramPacket(payload, 0, length,
					new InetSocketAddress(server.address().getAddress(), question.getPort())), bytes("yes"));
			assertThat(reply(exchange.promise().get(10, TimeUnit.SECONDS).outcome())).isEqualTo("yes");
		}
	}

	/** There is no room in its queue then, so it is pending alone. */
	@Test
	void aRefusalByAnotherChangesNothingWhereTheReceiveBufferIsFull() throws Exception {
		InetSocketAddress closed = TestServer.closedPort("127.0.0.1");
		try (TestServer server = TestServer.silent();
				ExchangeLoop loop = new ExchangeLoop(0, () -> SocketReader.of(this.detail.get()))) {
			loop.start();
			OneShot exchange = oneShot(loop, server, bytes("hello"));
			DatagramPacket to = new DatagramPacket(new byte[0], 0,
					new InetSocketAddress(InetAddress.getLoopbackAddress(), exchange.local().getPort()));
			// In one go, so that nothing is read in between.
			loop.execute(() -> exchange.attempt(() -> {
				exchange.channel().setOption(StandardSocketOptions.SO_RCVBUF, 1);
				exchange.begin();
				for (int i = 0; i < 16; i++) {
					server.reply(to, new byte[1_000]);
				}
				refuse(exchange, bytes("hello"), closed);
			}));
			assertThat(exchange.promise().get(10, TimeUnit.SECONDS).outcome()).isInstanceOf(Outcome.Replied.class);
		}
	}

	private OneShot oneShot(ExchangeLoop loop, TestServer server, byte[] payload) throws IOException {
		ExchangeOptions options = from(AnswersFrom.ANY_PORT);
		ExchangeChannels channels = new ExchangeChannels(1, new LocalPorts(LocalPorts.ephemeral(), new Random(1)),
				this.detail.get(), DestinationRates.NONE);
		return channels.open(server.address(), options, (channel) -> new OneShot(loop, channels,
				channel, server.address(), options, new Dialogue.Once(payload, LONG), false));
	}

	private static void refuse(OneShot exchange, byte[] payload, InetSocketAddress closed) throws IOException {
		exchange.channel().send(ByteBuffer.wrap(payload), closed);
	}

	@Test
	void anInformedSocketTakesNoPortThatOthersMayKnow() {
		assertThatIllegalArgumentException()
				.isThrownBy(() -> new ExchangeOptions(SocketKind.INFORMED, null, null, null, null, 49_152));
		for (SocketKind kind : new SocketKind[]{SocketKind.CONNECTED, SocketKind.UNCONNECTED}) {
			assertThatIllegalArgumentException().isThrownBy(
					() -> new ExchangeOptions(kind, null, null, null, null, null, AnswersFrom.ANY_PORT));
		}
	}

}
