package dev.udpprobe.exchange;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CountDownLatch;

import org.junit.jupiter.api.Test;

import dev.udpprobe.linux.KernelDetail;
import dev.udpprobe.outcome.Outcome;
import dev.udpprobe.outcome.RoundTrip;
import dev.udpprobe.testing.ExternalTool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

class LastLookTests {

	private static final long SHORT_NANOS = 20_000_000;

	private final LocalPorts ports = new LocalPorts(LocalPorts.ephemeral(), new Random(1));

	/**
	 * Reads, but not before it may.
	 */
	private static final class HeldReader implements ReplyLoop.Reader {

		private final ReplyLoop.Reader reader = new PortableReader();

		private final CountDownLatch held = new CountDownLatch(1);

		private final CountDownLatch release = new CountDownLatch(1);

		@Override
		public boolean read(PendingExchange pending) throws IOException {
			this.held.countDown();
			try {
				this.release.await();
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
			return this.reader.read(pending);
		}

		@Override
		public void close() {
			this.reader.close();
		}

	}

	private PendingExchange send(ReplyLoop loop, InetSocketAddress remote) throws IOException {
		DatagramChannel channel = ExchangeChannels.open(remote, ExchangeOptions.CONNECTED, this.ports,
				KernelDetail.none("this test does without"));
		PendingExchange pending = new PendingExchange(channel, remote, new byte[]{'a'}, ExchangeOptions.CONNECTED,
				SHORT_NANOS);
		loop.watch(pending);
		pending.sending();
		channel.send(ByteBuffer.wrap(pending.payload()), remote);
		return pending;
	}

	@Test
	void anAnswerThatTheLoopWasTooBusyToReadIsFound() throws Exception {
		HeldReader reader = new HeldReader();
		try (TestServer server = TestServer.echo("127.0.0.1");
				ReplyLoop loop = new ReplyLoop(this.ports, () -> reader)) {
			loop.start();
			PendingExchange first = send(loop, server.address());
			reader.held.await();
			PendingExchange second = send(loop, server.address());
			server.next();
			server.next();
			assertThat(second.await()).isNull();
			Thread.ofVirtual().start(reader.release::countDown);
			assertThat(loop.lastLook(second)).isInstanceOf(Outcome.Replied.class);
			assertThat(first.awaitLastLook(SHORT_NANOS * 100)).isInstanceOf(Outcome.Replied.class);
		}
	}

	@Test
	void anAnswerThatCameTooLateByTheKernelsClockIsNone() throws Exception {
		KernelDetail detail = KernelDetail.find();
		ExternalTool.require(detail.times(), String.valueOf(detail.noTimes()));
		try (TestServer server = TestServer.echo("127.0.0.1"); ExchangeEngine engine = new ExchangeEngine(1, detail)) {
			await().until(() -> Objects.requireNonNull(engine
					.exchange(server.address(), new byte[]{'a'}, Duration.ofSeconds(20), ExchangeOptions.CONNECTED)
					.outcome()
					.roundTrip()).clock() == RoundTrip.Clock.KERNEL);
			for (int i = 0; i < 100; i++) {
				assertThat(engine
						.exchange(server.address(), new byte[]{'a'}, Duration.ofNanos(1), ExchangeOptions.CONNECTED)
						.outcome()).isEqualTo(new Outcome.TimedOut());
			}
		}
	}

	@Test
	void aLoopThatHasNoReaderDoesNotStart() {
		for (Throwable failure : List.of(new IllegalArgumentException("no"), new NoClassDefFoundError("no"))) {
			try (ReplyLoop loop = new ReplyLoop(this.ports, () -> fail(failure))) {
				assertThatIllegalStateException().isThrownBy(loop::start)
						.withCause(failure)
						.withMessageContaining("cannot be read");
			}
		}
	}

	private static ReplyLoop.Reader fail(Throwable failure) {
		switch (failure) {
			case Error error -> throw error;
			case RuntimeException exception -> throw exception;
			default -> throw new IllegalStateException(failure);
		}
	}

	@Test
	void noSocketIsConnectedToItself() throws Exception {
		int[] free = {freePort(), freePort()};
		InetSocketAddress closed = new InetSocketAddress(InetAddress.getLoopbackAddress(), free[0]);
		for (int seed = 0; seed < 8; seed++) {
			try (ExchangeEngine engine = new ExchangeEngine(1, new LocalPorts(free, new Random(seed)),
					KernelDetail.find())) {
				Exchange exchange = engine.exchange(closed, new byte[]{'a'}, Duration.ofSeconds(20),
						ExchangeOptions.CONNECTED);
				assertThat(exchange.outcome()).isInstanceOf(Outcome.Refused.class);
				assertThat(Objects.requireNonNull(exchange.local()).getPort()).isEqualTo(free[1]);
			}
		}
	}

	private static int freePort() throws IOException {
		try (DatagramSocket socket = new DatagramSocket()) {
			return socket.getLocalPort();
		}
	}

}
