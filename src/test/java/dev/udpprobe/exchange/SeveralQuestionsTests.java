package dev.udpprobe.exchange;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.udpprobe.outcome.Outcome;
import dev.udpprobe.outcome.RoundTrip;

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
 * A dialogue makes every datagram, the first one too, and says which of them was answered.
 */
@ParameterizedClass
@EnumSource
class SeveralQuestionsTests {

	private final Detail detail;

	private final Greeter greeter;

	SeveralQuestionsTests(Detail detail) {
		this.detail = detail;
		this.greeter = new Greeter(detail);
	}

	@AfterEach
	void close() {
		this.greeter.close();
	}

	/** Asks "0", "1" and so on, and takes a number for the answer to the datagram of that number. */
	private record Counting(Duration timeout, AtomicInteger count) implements Dialogue {

		private Counting(Duration timeout) {
			this(timeout, new AtomicInteger());
		}

		@Override
		public Send first(InetSocketAddress local) {
			return silent();
		}

		@Override
		public Step received(ByteBuffer datagram) {
			return new Answer(Integer.parseInt(text(datagram)));
		}

		@Override
		public Send silent() {
			return new Send(bytes(Integer.toString(this.count.getAndIncrement())), this.timeout);
		}

	}

	private Exchange exchange(TestServer server, Dialogue dialogue) throws Exception {
		return this.greeter.greet(server.address(), ExchangeOptions.CONNECTED, dialogue);
	}

	@Test
	void theFirstDatagramKnowsWhereItLeavesFrom() throws Exception {
		AtomicReference<@Nullable InetSocketAddress> known = new AtomicReference<>();
		try (TestServer server = TestServer.echo("127.0.0.1")) {
			Exchange exchange = exchange(server, new Dialogue() {
				@Override
				public Send first(InetSocketAddress local) {
					known.set(local);
					return new Send(bytes(local.toString()), LONG);
				}

				@Override
				public Step received(ByteBuffer datagram) {
					return As.ANSWER;
				}
			});
			assertThat(reply(exchange.outcome())).isEqualTo(String.valueOf(known.get()));
			assertThat(server.next().getSocketAddress()).isEqualTo(known.get()).isEqualTo(exchange.local());
		}
	}

	/** As if no socket had been opened. */
	@ParameterizedTest
	@CsvSource({"127.0.0.1,65508", "::1,65528"})
	void aFirstDatagramThatIsTooLongIsNotSent(String address, int length) throws Exception {
		try (TestServer server = TestServer.echo(address)) {
			Exchange exchange = exchange(server, new Dialogue.Once(new byte[length], LONG));
			assertThat(exchange.outcome()).isInstanceOfSatisfying(Outcome.TooBig.class,
					(tooBig) -> assertThat(tooBig.reason()).contains("that a datagram can carry"));
			assertThat(exchange.local()).isNull();
			assertThat(exchange.sent()).isFalse();
			assertThat(this.greeter.inFlight()).isZero();
		}
	}

	@Test
	void aDialogueThatCannotBeginFailsItsExchange() throws Exception {
		try (TestServer server = TestServer.silent()) {
			assertThatExceptionOfType(ExecutionException.class)
					.isThrownBy(() -> exchange(server, new Dialogue.Once(bytes("hello"), Duration.ofDays(1_000_000))))
					.withCauseInstanceOf(ArithmeticException.class);
			await().until(() -> this.greeter.inFlight() == 0);
			assertThat(server.countReceived()).isZero();
		}
	}

	/** Its own time is over, but not that of the exchange. */
	@Test
	void theRoundTripIsThatOfTheDatagramThatWasAnswered() throws Exception {
		AtomicInteger count = new AtomicInteger();
		try (TestServer server = TestServer.on("127.0.0.1", (self, packet) -> {
			if (count.incrementAndGet() == 2) {
				self.reply(packet, bytes("0"));
			}
		})) {
			Exchange exchange = exchange(server, new Counting(SHORT));
			assertThat(reply(exchange.outcome())).isEqualTo("0");
			RoundTrip roundTrip = Objects.requireNonNull(exchange.outcome().roundTrip());
			assertThat(roundTrip.nanos()).isGreaterThanOrEqualTo(SHORT.toNanos());
			assertThat(roundTrip.jvmNanos()).isGreaterThanOrEqualTo(roundTrip.nanos());
			assertThat(exchange.datagramsSent()).isGreaterThan(1);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = {"1", "-1", "2147483647", "-2147483648"})
	void anAnswerToWhatWasNotSentFailsTheExchange(String number) throws Exception {
		try (TestServer server = answering(number)) {
			assertThatExceptionOfType(ExecutionException.class)
					.isThrownBy(() -> exchange(server, new Counting(LONG)))
					.withCauseInstanceOf(IllegalStateException.class);
			await().until(() -> this.greeter.inFlight() == 0);
		}
	}

	/** Whoever answers before being asked has guessed; without the kernel.s times nobody can tell. */
	@Test
	void whatCameBeforeADatagramLeftIsNoAnswerToIt() throws Exception {
		boolean told = this.detail.get().times();
		if (told) {
			this.greeter.awaitTimes();
		}
		CountDownLatch guessed = new CountDownLatch(1);
		try (TestServer server = TestServer.on("127.0.0.1", (self, packet) -> {
			if (guessed.getCount() > 0) {
				self.reply(packet, bytes("who?"));
				self.reply(packet, bytes("guess"));
				guessed.countDown();
			}
		})) {
			Exchange exchange = this.greeter.greet(server.address(), LONG, (datagram) -> {
				if (text(datagram).equals("guess")) {
					return new Dialogue.Answer(1);
				}
				waitFor(guessed);
				return new Dialogue.Send(bytes("secret"), SHORT);
			});
			assertThat(exchange.outcome().kind()).isEqualTo(told ? Outcome.Kind.TIMED_OUT : Outcome.Kind.REPLIED);
			assertThat(exchange.strays()).isEqualTo(told ? 1 : 0);
		}
	}

	private static void waitFor(CountDownLatch latch) {
		try {
			assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
