package dev.udpprobe.exchange;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import dev.udpprobe.linux.KernelDetail;
import dev.udpprobe.outcome.Outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * A flow holds a place and a port, and gives both back.
 */
@EnabledOnOs(value = OS.LINUX, architectures = {"amd64", "aarch64"})
class FlowLifeTests {

	private static final Duration LONG = Duration.ofSeconds(20);

	private static final byte[] PAYLOAD = {1, 2, 3};

	private static Flow open(ExchangeEngine engine, InetSocketAddress remote) throws NotSentException {
		return engine.open(remote, ExchangeOptions.CONNECTED);
	}

	@Test
	void countsAsAnExchangeInFlightUntilItIsClosed() throws Exception {
		try (ExchangeEngine engine = new ExchangeEngine(2, KernelDetail.find());
				TestServer server = TestServer.silent()) {
			Flow first = open(engine, server.address());
			Flow second = open(engine, server.address());
			assertThat(engine.inFlight()).isEqualTo(2);
			assertThatExceptionOfType(SaturatedException.class).isThrownBy(() -> open(engine, server.address()))
					.withMessageContaining("2 exchanges are in flight");
			assertThatExceptionOfType(SaturatedException.class).isThrownBy(
					() -> engine.exchange(server.address(), PAYLOAD, LONG, ExchangeOptions.CONNECTED));
			first.close();
			first.close();
			assertThat(engine.inFlight()).isOne();
			second.close();
			assertThat(engine.inFlight()).isZero();
		}
	}

	@Test
	void closingEndsWhatWaitsAndFreesThePort() throws Exception {
		try (ExchangeEngine engine = new ExchangeEngine(2, KernelDetail.find());
				TestServer server = TestServer.silent()) {
			Flow flow = open(engine, server.address());
			FlowDatagram datagram = flow.send(PAYLOAD);
			server.next();
			assertThat(datagram.isOver()).isFalse();
			flow.close();
			assertThat(datagram.outcome()).isEqualTo(new Outcome.TimedOut());
			assertThat(datagram.isSent()).isTrue();
			assertThat(engine.inFlight()).isZero();
			try (DatagramSocket socket = new DatagramSocket(flow.local().getPort())) {
				assertThat(socket.isBound()).isTrue();
			}
		}
	}

	@Test
	void thePortRestsAfterwards() throws Exception {
		int[] ports = {freePort()};
		try (ExchangeEngine engine = new ExchangeEngine(2, new LocalPorts(ports, new Random(1)), KernelDetail.find());
				TestServer server = TestServer.silent()) {
			open(engine, server.address()).close();
			assertThatExceptionOfType(SaturatedException.class).isThrownBy(() -> open(engine, server.address()))
					.withMessageContaining("local port");
			assertThat(engine.inFlight()).isZero();
			await().atMost(10, TimeUnit.SECONDS).ignoreException(SaturatedException.class).until(() -> {
				open(engine, server.address()).close();
				return true;
			});
		}
	}

	private static int freePort() throws IOException {
		try (DatagramSocket socket = new DatagramSocket()) {
			return socket.getLocalPort();
		}
	}

	@Test
	void takesDetail() {
		try (ExchangeEngine portable = new ExchangeEngine(2, KernelDetail.none("this test does without"));
				TestServer server = TestServer.silent()) {
			assertThatExceptionOfType(NoDetailException.class)
					.isThrownBy(() -> open(portable, server.address()))
					.withMessage("this test does without")
					.satisfies((ex) -> assertThat(ex.option()).isNull());
			assertThat(portable.inFlight()).isZero();
		}
	}

	@Test
	void anInterruptEndsTheWaitAndTheFlowCanStillBeClosed() throws Exception {
		try (ExchangeEngine engine = new ExchangeEngine(2, KernelDetail.find());
				TestServer server = TestServer.silent();
				ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
			CompletableFuture<Thread> waiter = new CompletableFuture<>();
			Future<Outcome> outcome = threads.submit(() -> {
				waiter.complete(Thread.currentThread());
				FlowDatagram datagram;
				try (Flow flow = open(engine, server.address())) {
					datagram = flow.send(PAYLOAD);
					assertThatExceptionOfType(InterruptedException.class)
							.isThrownBy(() -> flow.await(List.of(datagram), Duration.ofMinutes(10)));
					assertThat(datagram.isOver()).isFalse();
				}
				return datagram.outcome();
			});
			server.next();
			waiter.get(10, TimeUnit.SECONDS).interrupt();
			assertThat(outcome.get(10, TimeUnit.SECONDS)).isEqualTo(new Outcome.TimedOut());
			assertThat(engine.inFlight()).isZero();
		}
	}

	@Test
	void drainingTakesNoMoreAndWaitsForTheFlowsThatAreOpen() throws Exception {
		try (ExchangeEngine engine = new ExchangeEngine(2, KernelDetail.find());
				TestServer server = TestServer.echo("127.0.0.1");
				ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
			CompletableFuture<Void> draining;
			try (Flow flow = open(engine, server.address())) {
				draining = CompletableFuture.runAsync(engine::drain, threads);
				await().until(engine::isStopping);
				assertThatExceptionOfType(SaturatedException.class)
						.isThrownBy(() -> open(engine, server.address()))
						.withMessageContaining("the service stops");
				assertThat(draining).isNotDone();
				flow.send(PAYLOAD);
			}
			draining.get(10, TimeUnit.SECONDS);
			engine.resume();
			open(engine, server.address()).close();
		}
	}

	@Test
	void stoppingFlowsEndsTheirWaitAndLeavesExchangesAlone() throws Exception {
		try (ExchangeEngine engine = new ExchangeEngine(2, KernelDetail.find());
				TestServer silent = TestServer.silent();
				TestServer echo = TestServer.echo("127.0.0.1");
				Flow flow = open(engine, silent.address())) {
			engine.stopFlows();
			FlowDatagram datagram = flow.send(PAYLOAD);
			flow.await(List.of(datagram), Duration.ofDays(1));
			assertThat(datagram.outcome()).isEqualTo(new Outcome.TimedOut());
			assertThat(engine.exchange(echo.address(), PAYLOAD, LONG, ExchangeOptions.CONNECTED).outcome())
					.isInstanceOf(Outcome.Replied.class);
		}
	}

	/** Long replies that have the beginning of what is over already are the most work. */
	@Test
	void aFloodOfRepliesKeepsNobodyFromTimingOut() throws Exception {
		byte[] flood = new byte[60_000];
		System.arraycopy(PAYLOAD, 0, flood, flood.length - PAYLOAD.length, PAYLOAD.length);
		try (ExchangeEngine engine = new ExchangeEngine(2, KernelDetail.find());
				TestServer server = TestServer.on("127.0.0.1", (self, packet) -> {
					self.reply(packet, packet.getData());
					while (true) {
						self.reply(packet, flood);
					}
				});
				Flow flow = open(engine, server.address())) {
			FlowDatagram answered = flow.send(PAYLOAD);
			flow.await(List.of(answered), LONG);
			assertThat(answered.outcome()).isInstanceOf(Outcome.Replied.class);
			List<FlowDatagram> datagrams = new ArrayList<>();
			for (int i = 0; i < 600; i++) {
				datagrams.add(flow.send(PAYLOAD));
			}
			long startNanos = System.nanoTime();
			flow.await(datagrams, Duration.ofMillis(200));
			assertThat(Duration.ofNanos(System.nanoTime() - startNanos)).isLessThan(Duration.ofSeconds(5));
		}
	}

}
