package dev.udpprobe.exchange;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.udpprobe.linux.DatagramReader;
import dev.udpprobe.linux.KernelDetail;
import dev.udpprobe.outcome.Outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Whatever fails on the loop, it recovers, or says that it has ended, and nobody waits in vain.
 */
class ExchangeLoopTests {

	private static final Duration LONG = Duration.ofSeconds(60);

	private static final Duration SHORT = Duration.ofMillis(100);

	/** More than any test has in flight. */
	private static final int MAX = 10_000;

	private static final KernelDetail NO_DETAIL = Detail.PORTABLE.get();

	private final ExchangeChannels channels = new ExchangeChannels(
			MAX, new LocalPorts(LocalPorts.ephemeral(), new Random(1)), NO_DETAIL, DestinationRates.NONE);

	private final List<Throwable> failures = new ArrayList<>();

	/** Throws what is in the list, one each time, and otherwise reads. */
	private final class FailingReader extends SocketReader {

		private final SocketReader reader = SocketReader.of(NO_DETAIL);

		@Override
		boolean read(Endpoint endpoint) throws IOException {
			if (!ExchangeLoopTests.this.failures.isEmpty()) {
				switch (ExchangeLoopTests.this.failures.removeFirst()) {
					case Error error -> throw error;
					case RuntimeException exception -> throw exception;
					default -> throw new IOException();
				}
			}
			return this.reader.read(endpoint);
		}

		@Override
		boolean discard(Endpoint endpoint) throws IOException {
			return this.reader.discard(endpoint);
		}

		@Override
		DatagramReader.Queued readError(Endpoint endpoint) {
			return this.reader.readError(endpoint);
		}

		@Override
		public void close() {
			this.reader.close();
		}

	}

	private final ExchangeLoop loop = new ExchangeLoop(0, FailingReader::new);

	@BeforeEach
	void start() {
		this.loop.start();
	}

	@AfterEach
	void close() {
		this.loop.close();
	}

	private CompletableFuture<Exchange> exchange(InetSocketAddress remote, Duration timeout) throws IOException {
		OneShot exchange = this.channels.open(remote, ExchangeOptions.CONNECTED, (channel) -> new OneShot(this.loop,
				this.channels, channel, remote, ExchangeOptions.CONNECTED,
				new Dialogue.Once(new byte[]{'a'}, timeout), false));
		this.loop.execute(exchange::begin);
		return exchange.promise();
	}

	private static void assertReplied(CompletableFuture<Exchange> exchange) throws Exception {
		assertThat(exchange.get(10, TimeUnit.SECONDS).outcome()).isInstanceOf(Outcome.Replied.class);
	}

	@Test
	void anErrorOfOneExchangeEndsThatOneAlone() throws Exception {
		try (TestServer server = TestServer.echo("127.0.0.1"); TestServer silent = TestServer.silent()) {
			CompletableFuture<Exchange> other = exchange(silent.address(), LONG);
			for (Throwable failure : List.of(new OutOfMemoryError("in a test"), new IllegalStateException("no"))) {
				this.loop.execute(() -> this.failures.add(failure));
				CompletableFuture<Exchange> failed = exchange(server.address(), LONG);
				assertThatExceptionOfType(ExecutionException.class)
						.isThrownBy(() -> failed.get(10, TimeUnit.SECONDS))
						.withCause(failure);
				assertReplied(exchange(server.address(), LONG));
			}
			assertThat(other).isNotDone();
			assertThat(this.channels.inFlight()).isOne();
			assertThat(this.loop.isAlive()).isTrue();
		}
	}

	@Test
	void theLoopGoesOnAfterAnErrorOfItsOwn() throws Exception {
		try (TestServer server = TestServer.echo("127.0.0.1")) {
			for (int i = 0; i < 3; i++) {
				this.loop.execute(ExchangeLoopTests::raise);
				assertReplied(exchange(server.address(), LONG));
			}
			assertThat(this.loop.isAlive()).isTrue();
		}
	}

	private static void raise() {
		throw new OutOfMemoryError("in a test");
	}

	@Test
	void aLoopThatOnlyFailsSaysThatItHasEndedAndNobodyWaitsForIt() throws Exception {
		try (TestServer silent = TestServer.silent()) {
			CompletableFuture<Exchange> waiting = exchange(silent.address(), LONG);
			silent.next();
			this.loop.execute(() -> failForever(this.loop));
			assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> waiting.get(10, TimeUnit.SECONDS))
					.withMessageContaining("has ended");
			await().until(() -> !this.loop.isAlive());
			CompletableFuture<Exchange> late = exchange(silent.address(), LONG);
			assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> late.get(10, TimeUnit.SECONDS))
					.withMessageContaining("has ended");
			assertThat(this.channels.inFlight()).isZero();
			assertThat(silent.countReceived()).isZero();
		}
	}

	/** Whoever is told begins the next at once, from whatever thread. */
	@Test
	void whoeverSendsWhileTheLoopEndsIsTold() throws Exception {
		try (TestServer silent = TestServer.silent()) {
			List<CompletableFuture<Exchange>> begun = new ArrayList<>();
			AtomicInteger again = new AtomicInteger();
			for (int i = 0; i < 100; i++) {
				CompletableFuture<Exchange> one = exchange(silent.address(), LONG);
				begun.add(one.exceptionallyCompose((_) -> beginAgain(silent.address(), again)));
			}
			this.loop.execute(() -> failForever(this.loop));
			while (this.loop.isAlive()) {
				begun.add(exchange(silent.address(), LONG));
				LockSupport.parkNanos(1_000_000);
			}
			for (CompletableFuture<Exchange> one : begun) {
				assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> one.get(10, TimeUnit.SECONDS))
						.withMessageContaining("has ended");
			}
			assertThat(again).hasValueGreaterThan(100);
			assertThat(this.channels.inFlight()).isZero();
		}
	}

	private CompletableFuture<Exchange> beginAgain(InetSocketAddress remote, AtomicInteger again) {
		try {
			CompletableFuture<Exchange> next = exchange(remote, LONG);
			return (again.incrementAndGet() % 50 == 0)
					? next
					: next.exceptionallyCompose((_) -> beginAgain(remote, again));
		}
		catch (IOException ex) {
			return CompletableFuture.failedFuture(ex);
		}
	}

	private static void failForever(ExchangeLoop loop) {
		if (loop.isAlive()) {
			loop.execute(() -> failForever(loop));
			raise();
		}
	}

	/** It has something to do all the time. */
	@Test
	void silenceIsTimelyThoughTheLoopIsNeverIdle() throws Exception {
		try (TestServer silent = TestServer.silent()) {
			CompletableFuture<Exchange> first = exchange(silent.address(), SHORT);
			this.loop.execute(() -> again(first));
			assertThat(first.get(10, TimeUnit.SECONDS).outcome()).isEqualTo(new Outcome.TimedOut());
		}
	}

	private void again(CompletableFuture<Exchange> until) {
		if (!until.isDone()) {
			this.loop.execute(() -> again(until));
		}
	}

}
