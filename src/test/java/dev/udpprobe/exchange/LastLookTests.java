package dev.udpprobe.exchange;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.udpprobe.linux.DatagramReader;
import dev.udpprobe.linux.KernelDetail;
import dev.udpprobe.outcome.Outcome;
import dev.udpprobe.outcome.RoundTrip;
import dev.udpprobe.testing.ExternalTool;
import dev.udpprobe.testing.FreePorts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

class LastLookTests {

	private static final Duration SHORT = Duration.ofMillis(20);

	private static final byte[] PAYLOAD = {'a'};

	private final LocalPorts ports = new LocalPorts(LocalPorts.ephemeral(), new Random(1));

	/**
	 * Reads, but not before it may.
	 */
	private static final class HeldReader extends SocketReader {

		private final Supplier<SocketReader> readers;

		private @Nullable SocketReader reader;

		private final CountDownLatch held = new CountDownLatch(1);

		private final CountDownLatch release = new CountDownLatch(1);

		/**
		 * @param readers makes what reads then, on the loop's thread
		 */
		private HeldReader(Supplier<SocketReader> readers) {
			this.readers = readers;
		}

		private SocketReader reader() {
			if (this.reader == null) {
				this.reader = this.readers.get();
			}
			return this.reader;
		}

		@Override
		boolean read(Endpoint endpoint) throws IOException {
			this.held.countDown();
			try {
				this.release.await();
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
			return reader().read(endpoint);
		}

		@Override
		boolean discard(Endpoint endpoint) throws IOException {
			return reader().discard(endpoint);
		}

		@Override
		DatagramReader.Queued readError(Endpoint endpoint) {
			return reader().readError(endpoint);
		}

		@Override
		public void close() {
			reader().close();
		}

	}

	private OneShot oneShot(ExchangeLoop loop, InetSocketAddress remote, KernelDetail detail) throws IOException {
		ExchangeChannels channels = new ExchangeChannels(1, this.ports, detail, DestinationRates.NONE);
		return channels.open(remote, ExchangeOptions.CONNECTED, (channel) -> new OneShot(loop, channels, channel,
				remote, ExchangeOptions.CONNECTED, new Dialogue.Once(PAYLOAD, SHORT), false));
	}

	@Test
	void anAnswerThatTheLoopWasTooBusyToReadIsFound() throws Exception {
		HeldReader reader = new HeldReader(() -> SocketReader.of(Detail.PORTABLE.get()));
		try (TestServer server = TestServer.echo("127.0.0.1");
				ExchangeLoop loop = new ExchangeLoop(0, () -> reader)) {
			loop.start();
			OneShot first = oneShot(loop, server.address(), Detail.PORTABLE.get());
			OneShot second = oneShot(loop, server.address(), Detail.PORTABLE.get());
			loop.execute(() -> {
				first.begin();
				second.begin();
			});
			reader.held.await();
			server.next();
			server.next();
			long now = System.nanoTime();
			await().until(() -> System.nanoTime() - now > SHORT.toNanos());
			reader.release.countDown();
			assertThat(first.promise().get(10, TimeUnit.SECONDS).outcome()).isInstanceOf(Outcome.Replied.class);
			assertThat(second.promise().get(10, TimeUnit.SECONDS).outcome()).isInstanceOf(Outcome.Replied.class);
		}
	}

	/** The loop reads it before it looks whether the time is over. */
	@Test
	void anAnswerThatCameTooLateByTheKernelsClockIsNone() throws Exception {
		KernelDetail detail = KernelDetail.find();
		ExternalTool.require(detail.times(), String.valueOf(detail.noTimes()));
		HeldReader reader = new HeldReader(() -> SocketReader.of(detail));
		try (TestServer echo = TestServer.echo("127.0.0.1");
				TestServer server = TestServer.silent();
				ExchangeLoop loop = new ExchangeLoop(0, () -> reader)) {
			loop.start();
			OneShot first = oneShot(loop, echo.address(), detail);
			OneShot second = oneShot(loop, server.address(), detail);
			loop.execute(() -> {
				second.begin();
				first.begin();
			});
			DatagramPacket question = server.next();
			reader.held.await();
			long now = System.nanoTime();
			await().until(() -> System.nanoTime() - now > SHORT.toNanos());
			server.reply(question, PAYLOAD);
			reader.release.countDown();
			Exchange late = second.promise().get(10, TimeUnit.SECONDS);
			assertThat(late.outcome()).isEqualTo(new Outcome.TimedOut());
			assertThat(late.strays()).isOne();
		}
	}

	/** As from a late answer to whoever had the port before. */
	@ParameterizedTest
	@EnumSource
	void whatCameBeforeTheSendIsNoAnswer(Detail kind) throws Exception {
		KernelDetail detail = kind.get();
		try (TestServer server = TestServer.silent();
				ExchangeEngine stamping = new ExchangeEngine(1, 1, detail, DestinationRates.NONE);
				ExchangeLoop loop = new ExchangeLoop(0,
						() -> SocketReader.of(detail))) {
			awaitTimes(stamping, detail);
			loop.start();
			OneShot exchange = oneShot(loop, server.address(), detail);
			server.reply(new DatagramPacket(PAYLOAD, 0, PAYLOAD.length, exchange.local()), PAYLOAD);
			loop.execute(() -> exchange.begin());
			assertThat(exchange.promise().get(10, TimeUnit.SECONDS).outcome()).isEqualTo(new Outcome.TimedOut());
		}
	}

	/** The kernel needs a moment to begin to take times of arrival. */
	private static void awaitTimes(ExchangeEngine engine, KernelDetail detail) {
		if (detail.times()) {
			try (TestServer echo = TestServer.echo("127.0.0.1")) {
				await().until(() -> Objects.requireNonNull(engine
						.exchange(echo.address(), PAYLOAD, Duration.ofSeconds(20), ExchangeOptions.CONNECTED)
						.join()
						.outcome()
						.roundTrip()).clock() == RoundTrip.Clock.KERNEL);
			}
		}
	}

	@Test
	void aLoopThatHasNoReaderDoesNotStart() {
		for (Throwable failure : List.of(new IllegalArgumentException("no"), new NoClassDefFoundError("no"))) {
			try (ExchangeLoop loop = new ExchangeLoop(0, () -> fail(failure))) {
				assertThatIllegalStateException().isThrownBy(loop::start)
						.withCause(failure)
						.withMessageContaining("cannot be read");
			}
		}
	}

	private static SocketReader fail(Throwable failure) {
		switch (failure) {
			case Error error -> throw error;
			case RuntimeException exception -> throw exception;
			default -> throw new IllegalStateException(failure);
		}
	}

	@Test
	void noSocketIsConnectedToItself() throws Exception {
		int[] free = {FreePorts.udp(), FreePorts.udp()};
		InetSocketAddress closed = new InetSocketAddress(InetAddress.getLoopbackAddress(), free[0]);
		for (int seed = 0; seed < 8; seed++) {
			try (ExchangeEngine engine = new ExchangeEngine(1, 1, new LocalPorts(free, new Random(seed)),
					KernelDetail.find(), DestinationRates.NONE)) {
				Exchange exchange = engine.exchange(closed, new byte[]{'a'}, Duration.ofSeconds(20),
						ExchangeOptions.CONNECTED).join();
				assertThat(exchange.outcome()).isInstanceOf(Outcome.Refused.class);
				assertThat(Objects.requireNonNull(exchange.local()).getPort()).isEqualTo(free[1]);
			}
		}
	}

}
