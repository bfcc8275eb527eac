package dev.udpprobe.exchange;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutionException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.udpprobe.exchange.ExchangeOptions.SocketKind;
import dev.udpprobe.outcome.Outcome;
import dev.udpprobe.testing.InTime;

import static dev.udpprobe.exchange.Greeter.LONG;
import static dev.udpprobe.exchange.Greeter.SHORT;
import static dev.udpprobe.exchange.Greeter.answering;
import static dev.udpprobe.exchange.Greeter.bytes;
import static dev.udpprobe.exchange.Greeter.reply;
import static dev.udpprobe.exchange.Greeter.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * An answer is what the dialogue takes for one.
 */
@ParameterizedClass
@EnumSource
class DialogueTests {

	/** Takes what starts with "yes" for the answer, and "part" for a part of it. */
	private static final Greeter.Hearing YES = (datagram) -> switch (text(datagram)) {
		case "yes" -> Dialogue.As.ANSWER;
		case "part" -> Dialogue.As.PART;
		default -> Dialogue.As.STRAY;
	};

	private final Greeter greeter;

	DialogueTests(Detail detail) {
		this.greeter = new Greeter(detail);
	}

	@AfterEach
	void close() {
		this.greeter.close();
	}

	@ParameterizedTest
	@EnumSource
	void aStaleAnswerIsWaitedPast(SocketKind kind) throws Exception {
		try (TestServer server = answering("stale", "stale too", "yes", "yes")) {
			Exchange exchange = this.greeter.greet(server.address(), LONG, kind, YES);
			assertThat(reply(exchange.outcome())).isEqualTo("yes");
			assertThat(exchange.strays()).isEqualTo(2);
			assertThat(exchange.earlier()).isEmpty();
			assertThat(exchange.datagramsSent()).isOne();
		}
	}

	@Test
	void straysAloneAreNoAnswer() throws Exception {
		Exchange exchange = InTime.of(1, SHORT, (time) -> {
			try (TestServer server = answering(time::answered, "stale", "stale too")) {
				return this.greeter.greet(server.address(), SHORT, YES);
			}
		});
		assertThat(exchange.outcome()).isInstanceOfSatisfying(Outcome.Mismatched.class, (mismatched) -> {
			assertThat(mismatched.reply()).isEqualTo(bytes("stale"));
			assertThat(mismatched.roundTrip().nanos()).isPositive();
		});
		assertThat(exchange.strays()).isEqualTo(2);
	}

	/** It may be more to the point than what somebody else says. */
	@Test
	void aStrayOfTheTargetIsToldRatherThanOneFromElsewhere() throws Exception {
		Exchange exchange = InTime.of(1, SHORT, (time) -> {
			try (DatagramSocket other = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
					TestServer server = TestServer.on("127.0.0.1", (self, packet) -> {
						foreign(other, packet);
						self.reply(packet, bytes("stale"));
						time.answered();
					})) {
				return this.greeter.greet(server.address(), SHORT, SocketKind.UNCONNECTED, YES);
			}
		});
		assertThat(exchange.outcome()).isInstanceOf(Outcome.Mismatched.class);
		assertThat(exchange.strays()).isEqualTo(3);
	}

	@Test
	void severalDatagramsAnswerOneExchange() throws Exception {
		try (TestServer server = answering("part", "stray", "part", "yes")) {
			Exchange exchange = this.greeter.greet(server.address(), LONG, YES);
			assertThat(reply(exchange.outcome())).isEqualTo("yes");
			assertThat(exchange.earlier()).extracting(Greeter::reply).containsExactly("part", "part");
			assertThat(exchange.strays()).isOne();
		}
	}

	@Test
	void partsAreAnAnswerWhenTheTimeIsOver() throws Exception {
		Exchange exchange = InTime.of(1, SHORT, (time) -> {
			try (TestServer server = answering(time::answered, "part", "part", "part")) {
				return this.greeter.greet(server.address(), SHORT, YES);
			}
		});
		assertThat(reply(exchange.outcome())).isEqualTo("part");
		assertThat(exchange.earlier()).hasSize(2);
	}

	@Test
	void noTargetHasMoreKeptThanABound() throws Exception {
		try (TestServer server = TestServer.on("127.0.0.1", (self, packet) -> {
			for (int i = 0; i < 100; i++) {
				self.reply(packet, bytes("part"));
			}
			self.reply(packet, bytes("yes"));
		})) {
			Exchange exchange = this.greeter.greet(server.address(), LONG, YES);
			assertThat(reply(exchange.outcome())).isEqualTo("yes");
			assertThat(exchange.earlier()).hasSize(64);
			assertThat(exchange.strays()).isEqualTo(36);
		}
	}

	@Test
	void whatComesFromElsewhereIsNeverAsked() throws Exception {
		Exchange connected = heardFromElsewhere(SocketKind.CONNECTED);
		assertThat(connected.outcome()).isEqualTo(new Outcome.TimedOut());
		assertThat(connected.strays()).isZero();
		Exchange unconnected = heardFromElsewhere(SocketKind.UNCONNECTED);
		assertThat(unconnected.outcome()).isInstanceOf(Outcome.Misaddressed.class);
		assertThat(unconnected.strays()).isEqualTo(2);
	}

	private Exchange heardFromElsewhere(SocketKind kind) throws Exception {
		Greeter.Hearing never = (_) -> {
			throw new IllegalStateException("asked");
		};
		return InTime.of(1, SHORT, (time) -> {
			try (DatagramSocket other = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
					TestServer server = TestServer.on("127.0.0.1", (_, packet) -> {
						foreign(other, packet);
						time.answered();
					})) {
				return this.greeter.greet(server.address(), SHORT, kind, never);
			}
		});
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
						.isThrownBy(() -> this.greeter.greet(server.address(), LONG, (_) -> raise(failure)))
						.withCause(failure);
				assertThat(reply(this.greeter.greet(server.address(), LONG, YES).outcome())).isEqualTo("yes");
			}
			await().until(() -> this.greeter.inFlight() == 0);
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
