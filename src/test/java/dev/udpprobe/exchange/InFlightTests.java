package dev.udpprobe.exchange;

import java.io.File;
import java.net.DatagramPacket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import dev.udpprobe.exchange.ExchangeOptions.SocketKind;
import dev.udpprobe.linux.KernelDetail;
import dev.udpprobe.outcome.Outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Many exchanges at once: none waits for another, all are bounded, nothing leaks.
 */
@ParameterizedClass
@EnumSource
class InFlightTests {

	private final KernelDetail detail;

	private static final Duration LONG = Duration.ofSeconds(60);

	private static final byte[] PAYLOAD = {1, 2, 3};

	InFlightTests(Detail detail) {
		this.detail = detail.get();
	}

	private static Outcome exchange(ExchangeEngine engine, InetSocketAddress remote) throws InterruptedException {
		return engine.exchange(remote, PAYLOAD, LONG, ExchangeOptions.CONNECTED).outcome();
	}

	@Test
	void noneWaitsForAnothersTimeOut() throws Exception {
		try (ExchangeEngine engine = new ExchangeEngine(301, this.detail);
				TestServer silent = TestServer.silent();
				TestServer echo = TestServer.echo("127.0.0.1");
				ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
			List<Future<Outcome>> waiting = new ArrayList<>();
			for (int i = 0; i < 300; i++) {
				waiting.add(threads.submit(() -> exchange(engine, silent.address())));
			}
			await().until(() -> engine.inFlight() == 300);
			assertThat(exchange(engine, echo.address())).isInstanceOf(Outcome.Replied.class);
			assertThat(exchange(engine, TestServer.closedPort("127.0.0.1"))).isInstanceOf(Outcome.Refused.class);
			assertThat(waiting).noneMatch(Future::isDone);
			threads.shutdownNow();
			await().until(() -> engine.inFlight() == 0);
		}
	}

	@Test
	void oneTooManyHearsSoAtOnce() throws Exception {
		try (ExchangeEngine engine = new ExchangeEngine(1, this.detail);
				TestServer silent = TestServer.silent();
				ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
			Future<Outcome> first = threads.submit(() -> exchange(engine, silent.address()));
			silent.next();
			assertThatExceptionOfType(SaturatedException.class)
					.isThrownBy(() -> exchange(engine, silent.address()))
					.withMessageContaining("1 exchanges are in flight");
			assertThat(first.isDone()).isFalse();
			assertThat(silent.countReceived()).isZero();
			first.cancel(true);
			await().until(() -> engine.inFlight() == 0);
		}
	}

	@Test
	void manyThreadsGetEachTheirOwnReply() throws Exception {
		try (ExchangeEngine engine = new ExchangeEngine(64, this.detail);
				TestServer echo = TestServer.echo("127.0.0.1");
				ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
			List<Future<Boolean>> all = new ArrayList<>();
			for (int thread = 0; thread < 64; thread++) {
				byte[] payload = {(byte) thread};
				all.add(threads.submit(() -> {
					boolean right = true;
					for (int i = 0; i < 50; i++) {
						Outcome outcome = engine.exchange(echo.address(), payload, LONG, ExchangeOptions.CONNECTED)
								.outcome();
						right &= outcome instanceof Outcome.Replied replied && replied.reply()[0] == payload[0];
					}
					return right;
				}));
			}
			for (Future<Boolean> one : all) {
				assertThat(one.get(60, TimeUnit.SECONDS)).isTrue();
			}
		}
	}

	@Test
	void closingWaitsForWhatIsInFlightAndTakesNoMore() throws Exception {
		ExchangeEngine engine = new ExchangeEngine(2, this.detail);
		try (TestServer server = TestServer.silent();
				ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
			Future<Outcome> inFlight = threads.submit(() -> exchange(engine, server.address()));
			DatagramPacket packet = server.next();
			CompletableFuture<Void> closing = CompletableFuture.runAsync(engine::close, threads);
			await().untilAsserted(() -> assertThatExceptionOfType(SaturatedException.class)
					.isThrownBy(() -> exchange(engine, server.address())));
			assertThat(closing).isNotDone();
			server.reply(packet, PAYLOAD);
			assertThat(inFlight.get(10, TimeUnit.SECONDS)).isInstanceOf(Outcome.Replied.class);
			closing.get(10, TimeUnit.SECONDS);
		}
	}

	@Test
	@EnabledOnOs(OS.LINUX)
	void leavesNoDescriptorBehind() throws Exception {
		try (ExchangeEngine engine = new ExchangeEngine(16, this.detail);
				TestServer echo = TestServer.echo("127.0.0.1")) {
			InetSocketAddress closed = TestServer.closedPort("127.0.0.1");
			InetSocketAddress broadcast = new InetSocketAddress(InetAddress.ofLiteral("255.255.255.255"), 9);
			exchange(engine, echo.address());
			int before = descriptors();
			for (int i = 0; i < 500; i++) {
				exchange(engine, echo.address());
				exchange(engine, closed);
				exchange(engine, broadcast);
				engine.exchange(closed, PAYLOAD, Duration.ofNanos(1), ExchangeOptions.of(SocketKind.UNCONNECTED));
			}
			await().untilAsserted(() -> assertThat(descriptors()).isLessThanOrEqualTo(before + 5));
		}
	}

	private static int descriptors() {
		String[] names = new File("/proc/self/fd").list();
		return (names != null) ? names.length : 0;
	}

}
