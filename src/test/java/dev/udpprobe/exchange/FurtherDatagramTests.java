package dev.udpprobe.exchange;

import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

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

/**
 * What an exchange says after its first datagram: to a challenge, or to silence.
 */
@ParameterizedClass
@EnumSource
class FurtherDatagramTests {

	private final Greeter greeter;

	FurtherDatagramTests(Detail detail) {
		this.greeter = new Greeter(detail);
	}

	@AfterEach
	void close() {
		this.greeter.close();
	}

	@ParameterizedTest
	@EnumSource
	void aChallengeIsMetOnTheSamePort(SocketKind kind) throws Exception {
		try (TestServer server = TestServer.on("127.0.0.1",
				(self, packet) -> self.reply(packet,
						bytes(new String(packet.getData(), StandardCharsets.UTF_8).equals("secret")
								? "yes"
								: "who?")))) {
			Exchange exchange = this.greeter.greet(server.address(), LONG, kind,
					(datagram) -> text(datagram).equals("yes")
							? Dialogue.As.ANSWER
							: new Dialogue.Send(bytes("secret"), LONG));
			assertThat(reply(exchange.outcome())).isEqualTo("yes");
			assertThat(exchange.earlier()).extracting(Greeter::reply).containsExactly("who?");
			assertThat(exchange.datagramsSent()).isEqualTo(2);
			assertThat(exchange.bytesSent()).isEqualTo("hello".length() + "secret".length());
			SocketAddress first = server.next().getSocketAddress();
			assertThat(server.next().getSocketAddress()).isEqualTo(first);
		}
	}

	@Test
	void silenceAfterAChallengeIsSilence() throws Exception {
		try (TestServer server = answeringOnce("who?")) {
			Exchange exchange = this.greeter.greet(server.address(), LONG,
					(_) -> new Dialogue.Send(bytes("secret"), SHORT));
			assertThat(exchange.outcome()).isEqualTo(new Outcome.TimedOut());
			assertThat(exchange.earlier()).extracting(Greeter::reply).containsExactly("who?");
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
		Exchange exchange = InTime.of(16, SHORT, (time) -> {
			try (TestServer server = answering(time::answered, "who?")) {
				AtomicInteger sent = new AtomicInteger(1);
				Exchange sixteen = this.greeter.greet(server.address(), LONG, (_) -> {
					int number = sent.incrementAndGet();
					// Only the time of the last one is waited for.
					if (number == 16) {
						time.asked();
					}
					return new Dialogue.Send(bytes("me"), (number < 16) ? LONG : SHORT);
				});
				assertThat(sixteen.outcome()).isEqualTo(new Outcome.TimedOut());
				assertThat(sixteen.datagramsSent()).isEqualTo(16);
				for (int i = 0; i < 16; i++) {
					server.next();
				}
				assertThat(server.countReceived()).isZero();
				return sixteen;
			}
		});
		assertThat(exchange.strays()).isOne();
	}

	/** Says the same again as long as nothing answers, from the second time on for longer. */
	private static final class Again implements Greeter.Hearing {

		private final Duration longer;

		private boolean again;

		private Again(Duration longer) {
			this.longer = longer;
		}

		@Override
		public Dialogue.Step received(ByteBuffer datagram) {
			return Dialogue.As.ANSWER;
		}

		@Override
		public Dialogue.Send silent() {
			Duration timeout = this.again ? this.longer : SHORT;
			this.again = true;
			return new Dialogue.Send(bytes("hello"), timeout);
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
			Exchange exchange = this.greeter.greet(server.address(), SHORT, kind, new Again(LONG));
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
			Exchange exchange = this.greeter.greet(server.address(), SHORT, new Again(SHORT));
			assertThat(exchange.outcome()).isInstanceOf(Outcome.Refused.class);
			assertThat(exchange.datagramsSent()).isGreaterThan(1);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = {"stray", "part", "again"})
	void aRefusalAfterADatagramCounts(String answer) throws Exception {
		Greeter.Hearing hearing = new Greeter.Hearing() {
			@Override
			public Dialogue.Step received(ByteBuffer datagram) {
				return switch (text(datagram)) {
					// Nobody refuses it, if it comes just before the server closes.
					case "again" -> new Dialogue.Send(bytes("hello again"), SHORT);
					case "part" -> Dialogue.As.PART;
					default -> Dialogue.As.STRAY;
				};
			}

			@Override
			public Dialogue.Send silent() {
				return new Dialogue.Send(bytes("hello again"), LONG);
			}
		};
		try (TestServer server = TestServer.on("127.0.0.1", (self, packet) -> {
			self.reply(packet, bytes(answer));
			self.close();
		})) {
			Exchange exchange = this.greeter.greet(server.address(), SHORT, hearing);
			assertThat(exchange.outcome()).isInstanceOf(Outcome.Refused.class);
			assertThat(exchange.earlier()).hasSize(answer.equals("stray") ? 0 : 1);
		}
	}

}
