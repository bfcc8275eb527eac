package dev.udpprobe.exchange;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import dev.udpprobe.exchange.ExchangeOptions.SocketKind;
import dev.udpprobe.outcome.Outcome;

import static dev.udpprobe.exchange.Greeter.LONG;
import static dev.udpprobe.exchange.Greeter.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/**
 * A kept socket stays open as long as it may do better the next time.
 */
@ParameterizedClass
@EnumSource
class KeptSocketFailureTests {

	private final Detail detail;

	private final ExchangeEngine engine;

	KeptSocketFailureTests(Detail detail) {
		this.detail = detail;
		this.engine = new ExchangeEngine(1, 1, detail.get(), DestinationRates.NONE);
	}

	@AfterEach
	void close() {
		this.engine.close();
	}

	@Test
	void whereNothingCanBeReceivedTheSocketIsClosed() throws Exception {
		try (TestServer server = TestServer.silent(); Keeper keeper = new Keeper(this.engine, server.address())) {
			CompletableFuture<Exchange> begun = keeper.begin("hello");
			server.next();
			keeper.onLoop(() -> keeper.socket().broke(new SocketException("Network is down")));
			assertThat(Keeper.over(begun).outcome()).isInstanceOf(Outcome.NotSent.class);
			assertThat(keeper.socket().isOpen()).isFalse();
			assertThat(this.engine.inFlight()).isZero();
		}
	}

	@Test
	void whereTheDialogueThrowsTheSocketIsClosed() throws Exception {
		try (TestServer echo = TestServer.echo("127.0.0.1"); Keeper keeper = new Keeper(this.engine, echo.address())) {
			CompletableFuture<Exchange> begun = keeper.socket().exchange(new Dialogue() {
				@Override
				public Send first(InetSocketAddress local) {
					return new Send(bytes("hello"), LONG);
				}

				@Override
				public Step received(ByteBuffer datagram) {
					throw new IllegalStateException("this cannot be");
				}
			});
			assertThatThrownBy(() -> begun.get(60, TimeUnit.SECONDS)).hasRootCauseMessage("this cannot be");
			assertThat(keeper.socket().isOpen()).isFalse();
			assertThat(this.engine.inFlight()).isZero();
		}
	}

	@Test
	void whatIsNotSentLeavesTheSocketOpen() throws Exception {
		DestinationRates rates = new DestinationRates(20, System.nanoTime());
		try (TestServer echo = TestServer.echo("127.0.0.1");
				ExchangeEngine limited = new ExchangeEngine(1, 1, this.detail.get(), rates);
				Keeper keeper = new Keeper(limited, echo.address())) {
			await().pollDelay(Duration.ZERO)
					.pollInterval(Duration.ofNanos(1))
					.until(() -> keeper.say("hello").outcome().equals(rates.notSent()));
			assertThat(keeper.say("a".repeat(65_508)).outcome()).isInstanceOf(Outcome.TooBig.class);
			assertThat(keeper.socket().isOpen()).isTrue();
			await().until(() -> keeper.say("hello").outcome() instanceof Outcome.Replied);
		}
	}

	@Test
	void keepsForTheReasonsOfAFlow() throws Exception {
		try (TestServer server = TestServer.silent()) {
			InetSocketAddress remote = server.address();
			assertThatIllegalArgumentException()
					.isThrownBy(() -> this.engine.keep(remote, ExchangeOptions.of(SocketKind.INFORMED)));
			assertThatIllegalArgumentException().isThrownBy(
					() -> this.engine.keep(InetSocketAddress.createUnresolved("a.test", 9), ExchangeOptions.CONNECTED));
			assertThatExceptionOfType(LocalPortException.class)
					.isThrownBy(
							() -> this.engine.keep(remote, ExchangeOptions.CONNECTED.leavingFrom(remote.getPort())));
			for (String source : List.of("::1", "192.0.2.1")) {
				assertThatExceptionOfType(NotSentException.class)
						.isThrownBy(() -> this.engine.keep(remote, new ExchangeOptions(SocketKind.CONNECTED, null, null,
								null, InetAddress.ofLiteral(source), null)));
			}
			assertThatExceptionOfType(NotSentException.class).isThrownBy(() -> this.engine
					.keep(new InetSocketAddress(InetAddress.ofLiteral("255.255.255.255"), 9),
							ExchangeOptions.CONNECTED));
			assertThat(this.engine.inFlight()).isZero();
		}
	}

}
