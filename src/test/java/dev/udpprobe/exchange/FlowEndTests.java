package dev.udpprobe.exchange;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.ExecutionException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import dev.udpprobe.linux.KernelDetail;
import dev.udpprobe.outcome.Outcome;

import static dev.udpprobe.exchange.Numbered.LONG;
import static dev.udpprobe.exchange.Numbered.over;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * However a flow ends, nobody waits for it for ever.
 */
@EnabledOnOs(value = OS.LINUX, architectures = {"amd64", "aarch64"})
class FlowEndTests {

	private static final byte[] PAYLOAD = {1, 2, 3};

	private static Flow open(ExchangeEngine engine, InetSocketAddress remote) throws NotSentException {
		return engine.open(remote, ExchangeOptions.CONNECTED, new FlowSettings(2, Correlation.NONE, (_) -> {}));
	}

	@Test
	void whatIsSentWhileTheFlowClosesIsOverToo() throws Exception {
		try (ExchangeEngine engine = new ExchangeEngine(2, 1, KernelDetail.find(), DestinationRates.NONE);
				TestServer server = TestServer.silent()) {
			Flow flow = open(engine, server.address());
			CompletableFuture<FlowDatagram> next = flow.send(0, PAYLOAD, LONG)
					.thenCompose((_) -> flow.send(1, PAYLOAD, LONG));
			server.next();
			flow.close();
			assertThat(over(next).outcome()).isEqualTo(new Outcome.NotSent("the flow is closed"));
			assertThat(over(flow.send(2, PAYLOAD, LONG)).outcome()).isEqualTo(next.join().outcome());
			assertThat(server.countReceived()).isZero();
		}
	}

	@Test
	void aListenerThatThrowsEndsItsFlowAlone() throws Exception {
		try (ExchangeEngine engine = new ExchangeEngine(2, 1, KernelDetail.find(), DestinationRates.NONE);
				TestServer server = TestServer.silent();
				Flow other = open(engine, server.address());
				Flow flow = engine.open(server.address(), ExchangeOptions.CONNECTED,
						new FlowSettings(2, Correlation.NONE, (_) -> {
							throw new IllegalStateException("the listener fails");
						}))) {
			CompletableFuture<FlowDatagram> told = flow.send(0, PAYLOAD, LONG);
			CompletableFuture<FlowDatagram> waiting = flow.send(1, PAYLOAD, LONG);
			server.next();
			server.reply(server.next(), PAYLOAD);
			assertThat(over(told).outcome()).isInstanceOf(Outcome.Replied.class);
			assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> over(waiting))
					.withMessageContaining("the listener fails");
			assertThat(engine.inFlight()).isOne();
			CompletableFuture<FlowDatagram> sent = other.send(0, PAYLOAD, LONG);
			server.reply(server.next(), PAYLOAD);
			assertThat(over(sent).outcome()).isInstanceOf(Outcome.Replied.class);
		}
	}

	@Test
	void aListenerThatThrowsKeepsNobodyFromClosing() throws Exception {
		try (ExchangeEngine engine = new ExchangeEngine(2, 1, KernelDetail.find(), DestinationRates.NONE);
				TestServer server = TestServer.silent()) {
			Flow flow = engine.open(server.address(), ExchangeOptions.CONNECTED,
					new FlowSettings(2, Correlation.NONE, FlowEndTests::raise));
			List<CompletableFuture<FlowDatagram>> sent = List.of(flow.send(0, PAYLOAD, LONG),
					flow.send(1, PAYLOAD, LONG));
			server.next();
			server.next();
			CompletableFuture.runAsync(flow::close).get(10, TimeUnit.SECONDS);
			for (CompletableFuture<FlowDatagram> one : sent) {
				assertThat(over(one).outcome()).isEqualTo(new Outcome.TimedOut());
			}
			assertThat(engine.inFlight()).isZero();
		}
	}

	private static void raise(FlowDatagram datagram) {
		throw new IllegalStateException("the listener fails");
	}

	/** More of them in a row than a loop may fail. */
	@Test
	void aListenerThatThrowsOfWhatCannotBeSentEndsNoLoop() throws Exception {
		try (ExchangeEngine engine = new ExchangeEngine(200, 1, KernelDetail.find(), DestinationRates.NONE);
				TestServer server = TestServer.echo("127.0.0.1")) {
			byte[] tooLong = new byte[70_000];
			for (int i = 0; i < 150; i++) {
				Flow flow = engine.open(server.address(), ExchangeOptions.CONNECTED,
						new FlowSettings(1, Correlation.NONE, FlowEndTests::raise));
				assertThat(over(flow.send(0, tooLong, LONG)).isSent()).isFalse();
			}
			assertThat(engine.isAlive()).isTrue();
			await().until(() -> engine.inFlight() == 0);
			try (Flow other = open(engine, server.address())) {
				assertThat(over(other.send(0, PAYLOAD, LONG)).outcome()).isInstanceOf(Outcome.Replied.class);
			}
		}
	}

	@Test
	void aLoopThatHasEndedKeepsNoPlace() throws Exception {
		ExchangeEngine engine = new ExchangeEngine(2, 1, KernelDetail.find(), DestinationRates.NONE);
		engine.close();
		engine.resume();
		try (TestServer server = TestServer.silent()) {
			Flow flow = open(engine, server.address());
			assertThat(over(flow.send(0, PAYLOAD, LONG)).outcome()).isInstanceOf(Outcome.NotSent.class);
			assertThat(engine.inFlight()).isZero();
		}
	}

}
