package dev.udpprobe.exchange;

import java.io.File;
import java.net.DatagramPacket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.udpprobe.exchange.ExchangeOptions.SocketKind;
import dev.udpprobe.linux.KernelDetail;
import dev.udpprobe.outcome.Outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

/**
 * Many exchanges at once: none waits for another, all are bounded, nothing leaks.
 */
@Isolated("counts the descriptors of the JVM")
@ParameterizedClass
@EnumSource
class InFlightTests {

	private final KernelDetail detail;

	private static final Duration LONG = Duration.ofSeconds(60);

	private static final byte[] PAYLOAD = {1, 2, 3};

	InFlightTests(Detail detail) {
		this.detail = detail.get();
	}

	private static CompletableFuture<Exchange> begin(ExchangeEngine engine, InetSocketAddress remote) {
		return engine.exchange(remote, PAYLOAD, LONG, ExchangeOptions.CONNECTED);
	}

	private static Outcome exchange(ExchangeEngine engine, InetSocketAddress remote) {
		return begin(engine, remote).join().outcome();
	}

	@Test
	void noneWaitsForAnothersTimeOut() throws Exception {
		try (ExchangeEngine engine = new ExchangeEngine(301, 2, this.detail, DestinationRates.NONE);
				TestServer silent = TestServer.silent();
				TestServer echo = TestServer.echo("127.0.0.1")) {
			List<CompletableFuture<Exchange>> waiting = new ArrayList<>();
			for (int i = 0; i < 300; i++) {
				waiting.add(begin(engine, silent.address()));
			}
			assertThat(engine.inFlight()).isEqualTo(300);
			assertThat(exchange(engine, echo.address())).isInstanceOf(Outcome.Replied.class);
			assertThat(exchange(engine, TestServer.closedPort("127.0.0.1"))).isInstanceOf(Outcome.Refused.class);
			assertThat(waiting).noneMatch(Future::isDone);
			waiting.forEach((one) -> one.cancel(false));
			await().until(() -> engine.inFlight() == 0);
		}
	}

	@Test
	void whoeverWaitsForAllToEndHearsItLast() throws Exception {
		AtomicBoolean told = new AtomicBoolean();
		try (ExchangeEngine engine = new ExchangeEngine(1, 1, this.detail, DestinationRates.NONE)) {
			var _ = begin(engine, TestServer.closedPort("127.0.0.1")).whenComplete((_, _) -> {
				LockSupport.parkNanos(200_000_000);
				told.set(true);
			});
			engine.drain();
			assertThat(told).isTrue();
		}
	}

	@Test
	void oneTooManyHearsSoAtOnce() throws Exception {
		try (ExchangeEngine engine = new ExchangeEngine(1, 1, this.detail, DestinationRates.NONE);
				TestServer silent = TestServer.silent()) {
			CompletableFuture<Exchange> first = begin(engine, silent.address());
			silent.next();
			assertThatExceptionOfType(SaturatedException.class)
					.isThrownBy(() -> begin(engine, silent.address()))
					.withMessageContaining("1 exchanges are in flight");
			assertThat(first.isDone()).isFalse();
			assertThat(silent.countReceived()).isZero();
			first.cancel(true);
			await().until(() -> engine.inFlight() == 0);
		}
	}

	@Test
	void manyThreadsGetEachTheirOwnReply() throws Exception {
		try (ExchangeEngine engine = new ExchangeEngine(64, 3, this.detail, DestinationRates.NONE);
				TestServer echo = TestServer.echo("127.0.0.1");
				ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
			List<Future<Boolean>> all = new ArrayList<>();
			for (int thread = 0; thread < 64; thread++) {
				byte[] payload = {(byte) thread};
				all.add(threads.submit(() -> {
					boolean right = true;
					for (int i = 0; i < 50; i++) {
						Outcome outcome = engine.exchange(echo.address(), payload, LONG, ExchangeOptions.CONNECTED)
								.join()
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

	/**
	 * Each begins the next where it is told of the one before. To a broadcast address no socket is
	 * connected; to the other nothing is sent, but for the first.
	 */
	@ParameterizedTest
	@ValueSource(strings = {"255.255.255.255", "127.0.0.1"})
	void oneBegunByTheLoopStaysThereAndNeverNests(String address) throws Exception {
		try (ExchangeEngine engine = new ExchangeEngine(1, 3, this.detail,
				new DestinationRates(1, System.nanoTime()))) {
			InetSocketAddress remote = new InetSocketAddress(InetAddress.ofLiteral(address),
					TestServer.closedPort("127.0.0.1").getPort());
			Set<Thread> threads = ConcurrentHashMap.newKeySet();
			CompletableFuture<Integer> depth = new CompletableFuture<>();
			chain(engine, remote, 3_000, threads, depth);
			assertThat(depth.get(60, TimeUnit.SECONDS)).isLessThan(100);
			threads.remove(Thread.currentThread());
			assertThat(threads).hasSize(1);
		}
	}

	private static void chain(ExchangeEngine engine, InetSocketAddress remote, int left, Set<Thread> threads,
			CompletableFuture<Integer> depth) {
		var _ = begin(engine, remote).whenComplete((exchange, failure) -> {
			threads.add(Thread.currentThread());
			if (failure != null) {
				depth.completeExceptionally(failure);
			}
			else if (left == 0) {
				depth.complete(Thread.currentThread().getStackTrace().length);
			}
			else {
				chain(engine, remote, left - 1, threads, depth);
			}
		});
	}

	@Test
	void closingWaitsForWhatIsInFlightAndTakesNoMore() throws Exception {
		ExchangeEngine engine = new ExchangeEngine(2, 1, this.detail, DestinationRates.NONE);
		try (TestServer server = TestServer.silent();
				ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
			CompletableFuture<Exchange> inFlight = begin(engine, server.address());
			DatagramPacket packet = server.next();
			CompletableFuture<Void> closing = CompletableFuture.runAsync(engine::close, threads);
			await().untilAsserted(() -> assertThatExceptionOfType(SaturatedException.class)
					.isThrownBy(() -> exchange(engine, server.address())));
			assertThat(closing).isNotDone();
			server.reply(packet, PAYLOAD);
			assertThat(inFlight.get(10, TimeUnit.SECONDS).outcome()).isInstanceOf(Outcome.Replied.class);
			closing.get(10, TimeUnit.SECONDS);
		}
	}

	@Test
	void thereIsAtLeastOneLoopAndOnePlace() {
		assertThatIllegalArgumentException()
				.isThrownBy(() -> new ExchangeEngine(1, 0, this.detail, DestinationRates.NONE))
				.withMessageContaining("loops");
		assertThatIllegalArgumentException()
				.isThrownBy(() -> new ExchangeEngine(0, 1, this.detail, DestinationRates.NONE))
				.withMessageContaining("maxInFlight");
	}

	@Test
	void nothingBeginsAfterItHasDrained() throws Exception {
		AtomicBoolean over = new AtomicBoolean();
		AtomicInteger refused = new AtomicInteger();
		try (ExchangeEngine engine = new ExchangeEngine(64, 2, this.detail, DestinationRates.NONE);
				TestServer echo = TestServer.echo("127.0.0.1");
				ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
			for (int thread = 0; thread < 8; thread++) {
				threads.execute(() -> beginUntil(over, engine, echo.address(), refused));
			}
			try {
				for (int round = 0; round < 5; round++) {
					int before = echo.countReceived();
					await().until(() -> echo.countReceived() > before + 8);
					engine.drain();
					int received = echo.countReceived();
					int more = refused.get() + 50;
					await().until(() -> refused.get() > more);
					// One that is refused has a place for a moment.
					await().until(() -> engine.inFlight() == 0);
					assertThat(echo.countReceived()).isEqualTo(received);
					engine.resume();
				}
			}
			finally {
				over.set(true);
			}
		}
	}

	private static void beginUntil(AtomicBoolean over, ExchangeEngine engine, InetSocketAddress remote,
			AtomicInteger refused) {
		while (!over.get()) {
			try {
				exchange(engine, remote);
			}
			catch (SaturatedException _) {
				refused.incrementAndGet();
				LockSupport.parkNanos(1_000_000);
			}
		}
	}

	@Test
	@EnabledOnOs(OS.LINUX)
	void leavesNoDescriptorBehind() throws Exception {
		try (ExchangeEngine engine = new ExchangeEngine(16, 1, this.detail, DestinationRates.NONE);
				TestServer echo = TestServer.echo("127.0.0.1")) {
			InetSocketAddress closed = TestServer.closedPort("127.0.0.1");
			InetSocketAddress remote = new InetSocketAddress(InetAddress.ofLiteral("255.255.255.255"), 9);
			exchange(engine, echo.address());
			int before = descriptors();
			for (int i = 0; i < 500; i++) {
				exchange(engine, echo.address());
				exchange(engine, closed);
				exchange(engine, remote);
				engine.exchange(closed, PAYLOAD, Duration.ofNanos(1), ExchangeOptions.of(SocketKind.UNCONNECTED))
						.join();
			}
			await().untilAsserted(() -> assertThat(descriptors()).isLessThanOrEqualTo(before + 5));
		}
	}

	private static int descriptors() {
		String[] names = new File("/proc/self/fd").list();
		return (names != null) ? names.length : 0;
	}

}
