package dev.udpprobe.exchange;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.udpprobe.exchange.ExchangeOptions.SocketKind;
import dev.udpprobe.outcome.Outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * An answer is what the dialogue takes for one; and it may have more to say.
 */
@ParameterizedClass
@EnumSource
class DialogueTests {

	private static final Duration LONG = Duration.ofSeconds(20);

	private static final Duration SHORT = Duration.ofMillis(150);

	/** Takes what starts with "yes" for the answer, and "part" for a part of it. */
	private static final Dialogue YES = (datagram) -> switch (text(datagram)) {
		case "yes" -> Dialogue.As.ANSWER;
		case "part" -> Dialogue.As.PART;
		default -> Dialogue.As.STRAY;
	};

	private final ExchangeEngine engine;

	DialogueTests(Detail detail) {
		this.engine = new ExchangeEngine(16, 1, detail.get(), DestinationRates.NONE);
	}

	@AfterEach
	void close() {
		this.engine.close();
	}

	private Exchange exchange(InetSocketAddress remote, Duration timeout, Dialogue dialogue) throws Exception {
		return exchange(remote, timeout, SocketKind.CONNECTED, dialogue);
	}

	private Exchange exchange(InetSocketAddress remote, Duration timeout, SocketKind kind, Dialogue dialogue)
			throws Exception {
		return this.engine.exchange(remote, bytes("hello"), timeout, ExchangeOptions.of(kind), dialogue)
				.get(60, TimeUnit.SECONDS);
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	private static String text(ByteBuffer datagram) {
		return StandardCharsets.UTF_8.decode(datagram).toString();
	}

	private static TestServer answering(String... answers) {
		return TestServer.on("127.0.0.1", (self, packet) -> {
			for (String answer : answers) {
				self.reply(packet, bytes(answer));
			}
		});
	}

	private static String reply(Outcome outcome) {
		assertThat(outcome).isInstanceOf(Outcome.Replied.class);
		return new String(((Outcome.Replied) outcome).reply(), StandardCharsets.UTF_8);
	}

	@ParameterizedTest
	@EnumSource
	void aStaleAnswerIsWaitedPast(SocketKind kind) throws Exception {
		try (TestServer server = answering("stale", "stale too", "yes", "yes")) {
			Exchange exchange = exchange(server.address(), LONG, kind, YES);
			assertThat(reply(exchange.outcome())).isEqualTo("yes");
			assertThat(exchange.strays()).isEqualTo(2);
			assertThat(exchange.earlier()).isEmpty();
			assertThat(exchange.datagramsSent()).isOne();
		}
	}

	@Test
	void straysAloneAreNoAnswer() throws Exception {
		try (TestServer server = answering("stale", "stale")) {
			Exchange exchange = exchange(server.address(), SHORT, YES);
			assertThat(exchange.outcome()).isEqualTo(new Outcome.TimedOut());
			assertThat(exchange.strays()).isEqualTo(2);
		}
	}

	@Test
	void severalDatagramsAnswerOneExchange() throws Exception {
		try (TestServer server = answering("part", "stray", "part", "yes")) {
			Exchange exchange = exchange(server.address(), LONG, YES);
			assertThat(reply(exchange.outcome())).isEqualTo("yes");
			assertThat(exchange.earlier()).extracting(DialogueTests::reply).containsExactly("part", "part");
			assertThat(exchange.strays()).isOne();
		}
	}

	@Test
	void partsAreAnAnswerWhenTheTimeIsOver() throws Exception {
		try (TestServer server = answering("part", "part", "part")) {
			Exchange exchange = exchange(server.address(), SHORT, YES);
			assertThat(reply(exchange.outcome())).isEqualTo("part");
			assertThat(exchange.earlier()).hasSize(2);
		}
	}

	@Test
	void noTargetHasMoreKeptThanABound() throws Exception {
		try (TestServer server = TestServer.on("127.0.0.1", (self, packet) -> {
			for (int i = 0; i < 100; i++) {
				self.reply(packet, bytes("part"));
			}
			self.reply(packet, bytes("yes"));
		})) {
			Exchange exchange = exchange(server.address(), LONG, YES);
			assertThat(reply(exchange.outcome())).isEqualTo("yes");
			assertThat(exchange.earlier()).hasSize(64);
			assertThat(exchange.strays()).isEqualTo(36);
		}
	}

	@ParameterizedTest
	@EnumSource
	void aChallengeIsMetOnTheSamePort(SocketKind kind) throws Exception {
		try (TestServer server = TestServer.on("127.0.0.1",
				(self, packet) -> self.reply(packet,
						bytes(new String(packet.getData(), StandardCharsets.UTF_8).equals("secret")
								? "yes"
								: "who?")))) {
			Exchange exchange = exchange(server.address(), LONG, kind,
					(datagram) -> text(datagram).equals("yes")
							? Dialogue.As.ANSWER
							: new Dialogue.Send(bytes("secret"), LONG));
			assertThat(reply(exchange.outcome())).isEqualTo("yes");
			assertThat(exchange.earlier()).extracting(DialogueTests::reply).containsExactly("who?");
			assertThat(exchange.datagramsSent()).isEqualTo(2);
			assertThat(exchange.bytesSent()).isEqualTo("hello".length() + "secret".length());
			SocketAddress first = server.next().getSocketAddress();
			assertThat(server.next().getSocketAddress()).isEqualTo(first);
		}
	}

	@Test
	void silenceAfterAChallengeIsSilence() throws Exception {
		try (TestServer server = answeringOnce("who?")) {
			Exchange exchange = exchange(server.address(), LONG, (_) -> new Dialogue.Send(bytes("secret"), SHORT));
			assertThat(exchange.outcome()).isEqualTo(new Outcome.TimedOut());
			assertThat(exchange.earlier()).extracting(DialogueTests::reply).containsExactly("who?");
		}
	}

	private static TestServer answeringOnce(String answer) {
		AtomicInteger count = new AtomicInteger();
		return TestServer.on("127.0.0.1", (self, packet) -> {
			if (count.getAndIncrement() == 0) {
				self.reply(packet, bytes(answer));
			}
		});
	}

	@Test
	void whoeverChallengesForeverIsSentABoundedNumberOfDatagrams() throws Exception {
		try (TestServer server = answering("who?")) {
			Exchange exchange = exchange(server.address(), LONG, (_) -> new Dialogue.Send(bytes("me"), SHORT));
			assertThat(exchange.outcome()).isEqualTo(new Outcome.TimedOut());
			assertThat(exchange.datagramsSent()).isEqualTo(16);
			assertThat(exchange.strays()).isOne();
			for (int i = 0; i < 16; i++) {
				server.next();
			}
			assertThat(server.countReceived()).isZero();
		}
	}

	/** Says the same again as long as nothing answers. */
	private record Again(Duration timeout) implements Dialogue {

		@Override
		public Step received(ByteBuffer datagram) {
			return As.ANSWER;
		}

		@Override
		public Send silent() {
			return new Send(bytes("hello"), this.timeout);
		}

	}

	@ParameterizedTest
	@EnumSource
	void whatIsSentAgainLeavesFromTheSamePort(SocketKind kind) throws Exception {
		AtomicInteger count = new AtomicInteger();
		try (TestServer server = TestServer.on("127.0.0.1", (self, packet) -> {
			if (count.incrementAndGet() == 3) {
				self.reply(packet, bytes("yes"));
			}
		})) {
			Exchange exchange = exchange(server.address(), SHORT, kind, new Again(SHORT));
			assertThat(reply(exchange.outcome())).isEqualTo("yes");
			assertThat(exchange.datagramsSent()).isEqualTo(3);
			SocketAddress first = server.next().getSocketAddress();
			assertThat(server.next().getSocketAddress()).isEqualTo(first);
			assertThat(server.next().getSocketAddress()).isEqualTo(first);
		}
	}

	/** It is heard of when the third datagram is sent, or before. */
	@Test
	void whatIsSentAgainToAPortThatHasClosedIsRefused() throws Exception {
		try (TestServer server = TestServer.on("127.0.0.1", (self, _) -> self.close())) {
			Exchange exchange = exchange(server.address(), SHORT, new Again(SHORT));
			assertThat(exchange.outcome()).isInstanceOf(Outcome.Refused.class);
			assertThat(exchange.datagramsSent()).isGreaterThan(1);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = {"stray", "part", "again"})
	void aRefusalAfterADatagramCounts(String answer) throws Exception {
		Dialogue dialogue = new Dialogue() {
			@Override
			public Step received(ByteBuffer datagram) {
				return switch (text(datagram)) {
					case "again" -> new Send(bytes("hello again"), LONG);
					case "part" -> As.PART;
					default -> As.STRAY;
				};
			}

			@Override
			public Send silent() {
				return new Send(bytes("hello again"), LONG);
			}
		};
		try (TestServer server = TestServer.on("127.0.0.1", (self, packet) -> {
			self.reply(packet, bytes(answer));
			self.close();
		})) {
			Exchange exchange = exchange(server.address(), SHORT, dialogue);
			assertThat(exchange.outcome()).isInstanceOf(Outcome.Refused.class);
			assertThat(exchange.earlier()).hasSize(answer.equals("stray") ? 0 : 1);
		}
	}

	@Test
	void whatComesFromElsewhereIsNeverAsked() throws Exception {
		try (DatagramSocket other = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
				TestServer server = TestServer.on("127.0.0.1", (_, packet) -> foreign(other, packet))) {
			Dialogue never = (_) -> {
				throw new IllegalStateException("asked");
			};
			Exchange connected = exchange(server.address(), SHORT, never);
			assertThat(connected.outcome()).isEqualTo(new Outcome.TimedOut());
			assertThat(connected.strays()).isZero();
			Exchange unconnected = exchange(server.address(), SHORT, SocketKind.UNCONNECTED, never);
			assertThat(unconnected.outcome()).isInstanceOf(Outcome.Misaddressed.class);
			assertThat(unconnected.strays()).isEqualTo(2);
		}
	}

	private static void foreign(DatagramSocket other, DatagramPacket packet) throws IOException {
		for (int i = 0; i < 2; i++) {
			other.send(new DatagramPacket(bytes("yes"), 3, packet.getSocketAddress()));
		}
	}

	@Test
	void aDialogueThatThrowsFailsItsExchangeAlone() throws Exception {
		try (TestServer server = answering("yes")) {
			for (Throwable failure : new Throwable[]{new IllegalArgumentException("no"), new StackOverflowError()}) {
				assertThatExceptionOfType(ExecutionException.class)
						.isThrownBy(() -> exchange(server.address(), LONG, (_) -> raise(failure)))
						.withCause(failure);
				assertThat(reply(exchange(server.address(), LONG, YES).outcome())).isEqualTo("yes");
			}
			await().until(() -> this.engine.inFlight() == 0);
		}
	}

	private static Dialogue.Step raise(Throwable failure) {
		switch (failure) {
			case Error error -> throw error;
			case RuntimeException exception -> throw exception;
			default -> throw new IllegalStateException(failure);
		}
	}

}
