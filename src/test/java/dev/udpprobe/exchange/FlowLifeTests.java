package dev.udpprobe.exchange;

import java.net.BindException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
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
import dev.udpprobe.testing.FreePorts;

import static dev.udpprobe.exchange.Numbered.LONG;
import static dev.udpprobe.exchange.Numbered.over;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * A flow holds a place and a port, and gives both back.
 */
@EnabledOnOs(value = OS.LINUX, architectures = {"amd64", "aarch64"})
class FlowLifeTests {

	private static final byte[] PAYLOAD = {1, 2, 3};

	private static Flow open(ExchangeEngine engine, InetSocketAddress remote) throws NotSentException {
		return engine.open(remote, ExchangeOptions.CONNECTED, new FlowSettings(1_024, Correlation.NONE, (_) -> {}));
	}

	@Test
	void countsAsAnExchangeInFlightUntilItIsClosed() throws Exception {
		try (ExchangeEngine engine = new ExchangeEngine(2, 1, KernelDetail.find(), DestinationRates.NONE);
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
		try (ExchangeEngine engine = new ExchangeEngine(2, 1, KernelDetail.find(), DestinationRates.NONE);
				TestServer server = TestServer.silent()) {
			Flow flow = open(engine, server.address());
			CompletableFuture<FlowDatagram> sent = flow.send(0, PAYLOAD, LONG);
			server.next();
			assertThat(sent).isNotDone();
			flow.close();
			assertThat(sent).isCompletedWithValueMatching(FlowDatagram::isSent);
			assertThat(sent.join().outcome()).isEqualTo(new Outcome.TimedOut());
			assertThat(engine.inFlight()).isZero();
			// The loop lets go of it in its next turn.
			await().atMost(10, TimeUnit.SECONDS).ignoreException(BindException.class).until(() -> {
				new DatagramSocket(flow.local().getPort()).close();
				return true;
			});
		}
	}

	@Test
	void thePortRestsAfterwards() {
		await().atMost(1, TimeUnit.MINUTES).until(FlowLifeTests::isRefusedThePortThatRests);
	}

	/**
	 * @return false where this machine stood still until the port had rested
	 */
	private static boolean isRefusedThePortThatRests() throws Exception {
		int[] ports = {FreePorts.udp()};
		try (ExchangeEngine engine = new ExchangeEngine(2, 1, new LocalPorts(ports, new Random(1)),
				KernelDetail.find(), DestinationRates.NONE);
				TestServer server = TestServer.silent()) {
			long beforeNanos = System.nanoTime();
			open(engine, server.address()).close();
			try (Flow _ = open(engine, server.address())) {
				assertThat(System.nanoTime() - beforeNanos).isGreaterThanOrEqualTo(LocalPorts.REST_NANOS);
				return false;
			}
			catch (SaturatedException ex) {
				assertThat(ex).hasMessageContaining("local port");
			}
			assertThat(engine.inFlight()).isZero();
			await().atMost(10, TimeUnit.SECONDS).ignoreException(SaturatedException.class).until(() -> {
				open(engine, server.address()).close();
				return true;
			});
			return true;
		}
	}

	@Test
	void saysWhereThereIsNoDetail() {
		try (ExchangeEngine portable = new ExchangeEngine(2, 1, KernelDetail.none("this test does without"),
				DestinationRates.NONE)) {
			assertThatExceptionOfType(NoDetailException.class)
					.isThrownBy(portable::checkDetail)
					.withMessage("this test does without")
					.satisfies((ex) -> assertThat(ex.option()).isNull());
		}
	}

	@Test
	void anInterruptEndsTheWaitAndTheFlowCanStillBeClosed() throws Exception {
		try (ExchangeEngine engine = new ExchangeEngine(2, 1, KernelDetail.find(), DestinationRates.NONE);
				TestServer server = TestServer.silent();
				ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
			CompletableFuture<Thread> waiter = new CompletableFuture<>();
			Future<Outcome> outcome = threads.submit(() -> {
				waiter.complete(Thread.currentThread());
				CompletableFuture<FlowDatagram> sent;
				try (Flow flow = open(engine, server.address())) {
					sent = flow.send(0, PAYLOAD, Duration.ofMinutes(10));
					assertThatExceptionOfType(InterruptedException.class).isThrownBy(sent::get);
					assertThat(sent).isNotDone();
				}
				return sent.resultNow().outcome();
			});
			server.next();
			waiter.get(10, TimeUnit.SECONDS).interrupt();
			assertThat(outcome.get(10, TimeUnit.SECONDS)).isEqualTo(new Outcome.TimedOut());
			assertThat(engine.inFlight()).isZero();
		}
	}

	@Test
	void drainingTakesNoMoreAndWaitsForTheFlowsThatAreOpen() throws Exception {
		try (ExchangeEngine engine = new ExchangeEngine(2, 1, KernelDetail.find(), DestinationRates.NONE);
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
				var _ = flow.send(0, PAYLOAD, LONG);
			}
			draining.get(10, TimeUnit.SECONDS);
			engine.resume();
			open(engine, server.address()).close();
		}
	}

	@Test
	void stoppingFlowsEndsTheirWaitAndLeavesExchangesAlone() throws Exception {
		try (ExchangeEngine engine = new ExchangeEngine(2, 1, KernelDetail.find(), DestinationRates.NONE);
				TestServer silent = TestServer.silent();
				TestServer echo = TestServer.echo("127.0.0.1");
				Flow flow = open(engine, silent.address())) {
			CompletableFuture<FlowDatagram> before = flow.send(0, PAYLOAD, Duration.ofDays(1));
			silent.next();
			// It came before the loop was done with it.
			CompletableFuture.runAsync(() -> {}, flow.loop()::execute).join();
			assertThat(before).isNotDone();
			engine.stopFlows();
			CompletableFuture<FlowDatagram> after = flow.send(1, PAYLOAD, Duration.ofDays(1));
			assertThat(over(before).outcome()).isEqualTo(new Outcome.TimedOut());
			assertThat(over(after).outcome()).isEqualTo(new Outcome.TimedOut());
			assertThat(engine.exchange(echo.address(), PAYLOAD, LONG, ExchangeOptions.CONNECTED).get().outcome())
					.isInstanceOf(Outcome.Replied.class);
		}
	}

	@Test
	void aFloodOfStraysKeepsNobodyFromTimingOut() throws Exception {
		byte[] flood = new byte[60_000];
		Arrays.fill(flood, (byte) '.');
		flood[0] = '9';
		Numbered numbered = new Numbered();
		try (ExchangeEngine engine = new ExchangeEngine(2, 1, KernelDetail.find(), DestinationRates.NONE);
				TestServer server = TestServer.on("127.0.0.1", (self, packet) -> {
					self.reply(packet, packet.getData());
					while (true) {
						self.reply(packet, flood);
					}
				});
				Flow flow = engine.open(server.address(), ExchangeOptions.CONNECTED,
						new FlowSettings(600, numbered, (_) -> {}))) {
			assertThat(over(Numbered.send(flow, "1")).outcome()).isInstanceOf(Outcome.Replied.class);
			List<CompletableFuture<FlowDatagram>> sent = new ArrayList<>();
			for (int i = 1_000; i < 1_600; i++) {
				sent.add(Numbered.send(flow, "datagram " + i, Duration.ofMillis(200)));
			}
			for (CompletableFuture<FlowDatagram> one : sent) {
				assertThat(one.get(5, TimeUnit.SECONDS).outcome()).isEqualTo(new Outcome.TimedOut());
			}
		}
	}

}
