package dev.udpprobe.exchange;

import java.io.File;
import java.lang.management.ManagementFactory;
import java.net.DatagramPacket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import dev.udpprobe.linux.KernelDetail;
import dev.udpprobe.outcome.Outcome;

import static dev.udpprobe.exchange.Greeter.bytes;
import static dev.udpprobe.exchange.Greeter.reply;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

/**
 * A kept socket has a place while an exchange is under way, and a descriptor and a port until it is closed.
 */
@Isolated("counts the descriptors of the JVM")
@ParameterizedClass
@EnumSource
class KeptSocketLifeTests {

	private final KernelDetail detail;

	KeptSocketLifeTests(Detail detail) {
		this.detail = detail.get();
	}

	private ExchangeEngine engine(int maxInFlight) {
		return new ExchangeEngine(maxInFlight, 1, this.detail, DestinationRates.NONE);
	}

	@Test
	void aPlaceIsTakenOnlyWhileAnExchangeIsUnderWay() throws Exception {
		try (ExchangeEngine engine = engine(1);
				TestServer silent = TestServer.silent();
				TestServer echo = TestServer.echo("127.0.0.1");
				Keeper waiting = new Keeper(engine, silent.address());
				Keeper other = new Keeper(engine, echo.address())) {
			assertThat(engine.inFlight()).isZero();
			CompletableFuture<Exchange> first = waiting.begin("hello");
			assertThat(engine.inFlight()).isOne();
			assertThatExceptionOfType(SaturatedException.class).isThrownBy(() -> other.begin("hello"))
					.withMessageContaining("1 exchanges are in flight");
			assertThatExceptionOfType(SaturatedException.class)
					.isThrownBy(() -> engine.keep(echo.address(), ExchangeOptions.CONNECTED));
			assertThatIllegalStateException().isThrownBy(() -> waiting.begin("hello"))
					.withMessageContaining("under way");
			silent.reply(silent.next(), bytes("welcome"));
			assertThat(reply(Keeper.over(first).outcome())).isEqualTo("welcome");
			assertThat(engine.inFlight()).isZero();
			assertThat(reply(other.say("hello").outcome())).isEqualTo("hello");
			assertThat(engine.inFlight()).isZero();
		}
	}

	@Test
	void anExchangeThatIsCancelledMakesRoomForTheNext() throws Exception {
		try (ExchangeEngine engine = engine(1);
				TestServer silent = TestServer.silent();
				Keeper keeper = new Keeper(engine, silent.address())) {
			keeper.begin("hello").cancel(false);
			silent.next();
			await().until(() -> engine.inFlight() == 0);
			CompletableFuture<Exchange> next = keeper.begin("hello");
			silent.reply(silent.next(), bytes("welcome"));
			assertThat(reply(Keeper.over(next).outcome())).isEqualTo("welcome");
		}
	}

	@Test
	void closingAbandonsTheExchangeThatIsUnderWay() throws Exception {
		try (ExchangeEngine engine = engine(1);
				TestServer silent = TestServer.silent();
				Keeper keeper = new Keeper(engine, silent.address())) {
			CompletableFuture<Exchange> begun = keeper.begin("hello");
			silent.next();
			assertThat(keeper.socket().isOpen()).isTrue();
			keeper.socket().close();
			assertThat(keeper.socket().isOpen()).isFalse();
			assertThat(engine.inFlight()).isZero();
			await().until(begun::isCancelled);
			keeper.socket().close();
			assertThat(keeper.say("hello").outcome()).isEqualTo(new Outcome.NotSent("the socket is closed"));
			assertThat(engine.inFlight()).isZero();
			assertThat(silent.countReceived()).isZero();
		}
	}

	/** As the last of the exchanges may, where it is told to be over. */
	@Test
	void theLoopCanCloseIt() throws Exception {
		try (ExchangeEngine engine = engine(1);
				TestServer echo = TestServer.echo("127.0.0.1");
				Keeper keeper = new Keeper(engine, echo.address())) {
			assertThat(Keeper.over(keeper.begin("hello").whenComplete((_, _) -> keeper.socket().close())).outcome())
					.isInstanceOf(Outcome.Replied.class);
			assertThat(keeper.socket().isOpen()).isFalse();
		}
	}

	/** Each begins the next where it is told of the one before; only the first is sent. */
	@Test
	void oneBegunByTheLoopNeverNests() throws Exception {
		try (ExchangeEngine engine = new ExchangeEngine(1, 1, this.detail,
				new DestinationRates(1, System.nanoTime()));
				Keeper keeper = new Keeper(engine, TestServer.closedPort("127.0.0.1"))) {
			CompletableFuture<Integer> depth = new CompletableFuture<>();
			chain(keeper, 3_000, depth);
			assertThat(depth.get(60, TimeUnit.SECONDS)).isLessThan(100);
		}
	}

	private static void chain(Keeper keeper, int left, CompletableFuture<Integer> depth) {
		var _ = keeper.begin("hello").whenComplete((_, failure) -> {
			if (failure != null) {
				depth.completeExceptionally(failure);
			}
			else if (left == 0) {
				depth.complete(Thread.currentThread().getStackTrace().length);
			}
			else {
				chain(keeper, left - 1, depth);
			}
		});
	}

	/** More than the receive buffer holds lies there, and nobody reads it. */
	@Test
	void aFloodWhileItIsIdleKeepsTheLoopAsleepAndIsNoAnswer() throws Exception {
		try (ExchangeEngine engine = engine(1);
				TestServer server = TestServer.silent();
				Keeper keeper = new Keeper(engine, server.address())) {
			CompletableFuture<Exchange> first = keeper.begin("hello");
			DatagramPacket packet = server.next();
			server.reply(packet, bytes("welcome"));
			Keeper.over(first);
			CompletableFuture<Thread> thread = new CompletableFuture<>();
			keeper.onLoop(() -> thread.complete(Thread.currentThread()));
			for (int i = 0; i < 2_000; i++) {
				server.reply(packet, bytes("flood"));
			}
			long loop = thread.join().threadId();
			long before = ManagementFactory.getThreadMXBean().getThreadCpuTime(loop);
			long start = System.nanoTime();
			await().until(() -> {
				server.reply(packet, bytes("flood"));
				return System.nanoTime() - start > 100_000_000;
			});
			long cpu = ManagementFactory.getThreadMXBean().getThreadCpuTime(loop) - before;
			assertThat(cpu).isLessThan(20_000_000);
			CompletableFuture<Exchange> next = keeper.begin("hello");
			server.reply(server.next(), bytes("welcome again"));
			assertThat(reply(Keeper.over(next).outcome())).isEqualTo("welcome again");
			assertThat(Keeper.over(next).strays()).isZero();
		}
	}

	@Test
	void drainingWaitsForWhatIsUnderWayAndNotForIdleSockets() throws Exception {
		try (ExchangeEngine engine = engine(2);
				TestServer server = TestServer.silent();
				Keeper idle = new Keeper(engine, server.address());
				Keeper busy = new Keeper(engine, server.address());
				ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
			CompletableFuture<Exchange> begun = busy.begin("hello");
			CompletableFuture<Void> draining = CompletableFuture.runAsync(engine::drain, threads);
			await().until(engine::isStopping);
			await().untilAsserted(() -> assertThatExceptionOfType(SaturatedException.class)
					.isThrownBy(() -> idle.begin("hello"))
					.withMessageContaining("the service stops"));
			assertThat(draining).isNotDone();
			server.reply(server.next(), bytes("welcome"));
			assertThat(reply(Keeper.over(begun).outcome())).isEqualTo("welcome");
			draining.get(10, TimeUnit.SECONDS);
			engine.resume();
			CompletableFuture<Exchange> next = idle.begin("hello");
			server.reply(server.next(), bytes("welcome"));
			assertThat(reply(Keeper.over(next).outcome())).isEqualTo("welcome");
		}
	}

	@Test
	@EnabledOnOs(OS.LINUX)
	void leavesNoDescriptorBehind() throws Exception {
		try (TestServer echo = TestServer.echo("127.0.0.1")) {
			engine(1).close();
			int before = descriptors();
			List<KeptSocket> left = new ArrayList<>();
			try (ExchangeEngine engine = engine(1)) {
				for (int i = 0; i < 200; i++) {
					try (Keeper keeper = new Keeper(engine, echo.address())) {
						keeper.say("hello");
					}
				}
				int idle = descriptors();
				for (int i = 0; i < 50; i++) {
					Keeper keeper = new Keeper(engine, echo.address());
					keeper.say("hello");
					left.add(keeper.socket());
				}
				assertThat(descriptors()).isGreaterThanOrEqualTo(idle + 40);
			}
			assertThat(left).hasSize(50).noneMatch(KeptSocket::isOpen);
			left.forEach(KeptSocket::close);
			await().untilAsserted(() -> assertThat(descriptors()).isLessThanOrEqualTo(before + 5));
		}
	}

	private static int descriptors() {
		String[] names = new File("/proc/self/fd").list();
		return (names != null) ? names.length : 0;
	}

}
