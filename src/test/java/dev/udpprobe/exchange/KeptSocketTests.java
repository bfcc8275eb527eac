package dev.udpprobe.exchange;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.udpprobe.outcome.Outcome;
import dev.udpprobe.outcome.RoundTrip;

import static dev.udpprobe.exchange.Greeter.LONG;
import static dev.udpprobe.exchange.Greeter.SHORT;
import static dev.udpprobe.exchange.Greeter.bytes;
import static dev.udpprobe.exchange.Greeter.reply;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * On a socket that is kept, each exchange has its own answer and its own errors.
 */
@ParameterizedClass
@EnumSource
class KeptSocketTests {

	private final Detail detail;

	private final ExchangeEngine engine;

	KeptSocketTests(Detail detail) {
		this.detail = detail;
		this.engine = new ExchangeEngine(4, 1, detail.get(), DestinationRates.NONE);
	}

	/** The kernel needs a moment to begin to take times of arrival. */
	@BeforeEach
	void awaitTimes() {
		if (this.detail.get().times()) {
			try (TestServer echo = TestServer.echo("127.0.0.1")) {
				await().until(() -> clock(this.engine.exchange(echo.address(), bytes("a"), LONG,
						ExchangeOptions.CONNECTED).join()) == RoundTrip.Clock.KERNEL);
			}
		}
	}

	@AfterEach
	void close() {
		this.engine.close();
	}

	private static RoundTrip.@Nullable Clock clock(Exchange exchange) {
		RoundTrip roundTrip = exchange.outcome().roundTrip();
		return (roundTrip != null) ? roundTrip.clock() : null;
	}

	private RoundTrip.Clock clock() {
		return this.detail.get().times() ? RoundTrip.Clock.KERNEL : RoundTrip.Clock.JVM;
	}

	/** The kernel counts the datagrams of a socket, whichever exchange they are of. */
	@ParameterizedTest
	@ValueSource(strings = {"127.0.0.1", "::1"})
	void allExchangesLeaveFromOnePortAndEachIsTimed(String address) throws Exception {
		try (TestServer echo = TestServer.echo(address); Keeper keeper = new Keeper(this.engine, echo.address())) {
			for (int i = 0; i < 20; i++) {
				Exchange exchange = keeper.say((i == 7) ? "" : "message " + i);
				assertThat(reply(exchange.outcome())).isEqualTo((i == 7) ? "" : "message " + i);
				assertThat(clock(exchange)).isEqualTo(clock());
				assertThat(exchange.local()).isEqualTo(keeper.socket().local());
				assertThat(exchange.remote()).isEqualTo(keeper.socket().remote()).isEqualTo(echo.address());
				assertThat(exchange.datagramsSent()).isOne();
				assertThat(exchange.strays()).isZero();
				assertThat(echo.next().getPort()).isEqualTo(keeper.socket().local().getPort());
			}
		}
	}

	@Test
	void aLateReplyIsNoAnswerToTheNext() throws Exception {
		try (TestServer server = TestServer.silent(); Keeper keeper = new Keeper(this.engine, server.address())) {
			assertThat(keeper.say("first", SHORT).outcome()).isEqualTo(new Outcome.TimedOut());
			DatagramPacket first = server.next();
			server.reply(first, bytes("late"));
			keeper.awaitTurn();
			CompletableFuture<Exchange> second = keeper.begin("second");
			server.reply(server.next(), bytes("in time"));
			Exchange exchange = Keeper.over(second);
			assertThat(reply(exchange.outcome())).isEqualTo("in time");
			assertThat(exchange.strays()).isZero();
		}
	}

	/** It came as long before the send as no fresh socket is open. */
	@Test
	void norIsOneThatTheLoopHasNotHeardOf() throws Exception {
		try (TestServer server = TestServer.silent(); Keeper keeper = new Keeper(this.engine, server.address())) {
			assertThat(keeper.say("first", SHORT).outcome()).isEqualTo(new Outcome.TimedOut());
			DatagramPacket first = server.next();
			CompletableFuture<CompletableFuture<Exchange>> second = new CompletableFuture<>();
			keeper.onLoop(() -> {
				replyTo(server, first);
				long now = System.nanoTime();
				await().until(() -> System.nanoTime() - now > 20_000_000);
				second.complete(keeper.begin("second"));
			});
			server.reply(server.next(), bytes("in time"));
			assertThat(reply(Keeper.over(second.join()).outcome())).isEqualTo("in time");
		}
	}

	private static void replyTo(TestServer server, DatagramPacket packet) {
		try {
			server.reply(packet, bytes("late"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Test
	void theDialogueTellsALateReplyFromItsAnswer() throws Exception {
		try (TestServer server = TestServer.silent(); Keeper keeper = new Keeper(this.engine, server.address())) {
			assertThat(keeper.say("first", SHORT).outcome()).isEqualTo(new Outcome.TimedOut());
			DatagramPacket first = server.next();
			CompletableFuture<Exchange> second = keeper.socket().exchange(new Dialogue() {
				@Override
				public Send first(InetSocketAddress local) {
					return new Send(bytes("second"), LONG);
				}

				@Override
				public Step received(ByteBuffer datagram) {
					return datagram.equals(ByteBuffer.wrap(bytes("late"))) ? As.STRAY : As.ANSWER;
				}
			});
			DatagramPacket packet = server.next();
			server.reply(first, bytes("late"));
			server.reply(packet, bytes("in time"));
			assertThat(reply(Keeper.over(second).outcome())).isEqualTo("in time");
			assertThat(Keeper.over(second).strays()).isOne();
		}
	}

	@Test
	void aRefusalIsHeardAndTheServerWhenItIsThereAgain() throws Exception {
		TestServer server = TestServer.echo("127.0.0.1");
		try (server; Keeper keeper = new Keeper(this.engine, server.address())) {
			assertThat(reply(keeper.say("one").outcome())).isEqualTo("one");
			server.stop();
			// The thread that still waits there may take one.
			await().until(() -> keeper.say("two", SHORT).outcome() instanceof Outcome.Refused);
			for (int i = 0; i < 20; i++) {
				Exchange refused = keeper.say("two");
				assertThat(refused.outcome()).isInstanceOf(Outcome.Refused.class);
				assertThat(refused.sent()).isTrue();
				assertThat(clock(refused)).isEqualTo(clock());
			}
			try (TestServer _ = again(keeper.socket().remote())) {
				Exchange replied = keeper.say("three");
				assertThat(reply(replied.outcome())).isEqualTo("three");
				assertThat(replied.local()).isEqualTo(keeper.socket().local());
			}
		}
	}

	private static TestServer again(InetSocketAddress address) {
		return new TestServer(address, (self, packet) -> self.reply(packet, packet.getData()));
	}

	/** The same bytes are quoted. */
	@Test
	void aLateRefusalIsOfTheExchangeBefore() throws Exception {
		InetSocketAddress closed = TestServer.closedPort("127.0.0.1");
		try (Keeper keeper = new Keeper(this.engine, closed)) {
			keeper.onLoop(() -> keeper.begin("same").cancel(false));
			keeper.awaitTurn();
			try (TestServer _ = again(closed)) {
				assertThat(reply(keeper.say("same").outcome())).isEqualTo("same");
			}
		}
	}

	/** It is the next send that meets it. */
	@Test
	void soIsOneThatTheLoopHasNotHeardOf() throws Exception {
		InetSocketAddress closed = TestServer.closedPort("127.0.0.1");
		CompletableFuture<TestServer> server = new CompletableFuture<>();
		CompletableFuture<CompletableFuture<Exchange>> next = new CompletableFuture<>();
		try (Keeper keeper = new Keeper(this.engine, closed)) {
			keeper.onLoop(() -> {
				keeper.begin("same").cancel(false);
				keeper.socket().loop().execute(() -> {
					server.complete(again(closed));
					next.complete(keeper.begin("same"));
				});
			});
			try (TestServer _ = server.get(60, TimeUnit.SECONDS)) {
				assertThat(reply(Keeper.over(next.get(60, TimeUnit.SECONDS)).outcome())).isEqualTo("same");
			}
		}
	}

}
