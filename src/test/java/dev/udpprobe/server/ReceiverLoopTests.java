package dev.udpprobe.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import org.junit.jupiter.api.Test;

import dev.udpprobe.echo.EchoFixture;
import dev.udpprobe.testing.Processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * What becomes of an address whose socket fails.
 */
@EachTransport
class ReceiverLoopTests {

	private final ServerCounts counts = new ServerCounts();

	private final List<Integer> received = new CopyOnWriteArrayList<>();

	private final UdpServer server;

	private volatile boolean canOpen;

	ReceiverLoopTests(Transport transport) {
		this.server = new UdpServer(
				new ServerSettings("test", "", List.of(EchoFixture.loopback(0)), false, 0, transport, 1),
				(batch) -> this.received.add(batch.get(0).length()), this.counts);
	}

	private UdpSocket open(InetSocketAddress address, boolean sharePort) throws IOException {
		return this.server.open(address, sharePort);
	}

	private ReceiverLoop failing(UdpSocket.Opener opener) throws IOException {
		return new ReceiverLoop(new Failing(open(EchoFixture.loopback(0), false)), opener, this.server.service(),
				(batch) -> () -> this.received.add(batch.get(0).length()));
	}

	@Test
	void opensItAgainAndTellsWhyNotUntilThen() throws Exception {
		ReceiverLoop loop = failing((address, sharePort) -> {
			if (!this.canOpen) {
				throw new IOException("not yet");
			}
			return open(address, sharePort);
		});
		Thread thread = Thread.ofPlatform().start(loop);
		try (EchoFixture.Client client = new EchoFixture.Client(loop.address().getAddress(), loop.address().getPort(),
				0)) {
			await().untilAsserted(() -> assertThat(loop.failure()).isEqualTo("not yet"));
			this.canOpen = true;
			await().until(() -> loop.failure() == null);
			client.send("hello");
			await().until(() -> this.received.equals(List.of(5)));
		}
		finally {
			synchronized (Processes.START) {
				loop.stop();
				thread.join();
				// The port is free again.
				open(loop.address(), false).close();
			}
		}
	}

	@Test
	void endsWhenItIsStoppedWhileTheAddressIsNotAvailable() throws Exception {
		ReceiverLoop loop = failing((_, _) -> {
			throw new IOException("never");
		});
		Thread thread = Thread.ofPlatform().start(loop);
		await().untilAsserted(() -> assertThat(loop.failure()).isEqualTo("never"));
		loop.stop();
		assertThat(thread.join(Duration.ofSeconds(10))).isTrue();
	}

	@Test
	void handlesWhatHasBeenReceivedAlsoIfItIsStoppedBeforeItsThreadBegins() throws IOException {
		ReceiverLoop loop = new ReceiverLoop(open(EchoFixture.loopback(0), false), this::open, this.server.service(),
				(batch) -> () -> this.received.add(batch.get(0).length()));
		try (EchoFixture.Client client = new EchoFixture.Client(loop.address().getAddress(), loop.address().getPort(),
				0)) {
			client.send("hello");
			loop.stop();
			loop.run();
			assertThat(this.received).containsExactly(5);
		}
	}

	/**
	 * As on a host where the thread gets to nothing for that long.
	 */
	@Test
	void handlesAllThatHasBeenReceivedHoweverLongThatTakes() throws IOException {
		ReceiverLoop loop = new ReceiverLoop(open(EchoFixture.loopback(0), false), this::open, this.server.service(),
				(batch) -> () -> {
					if (this.received.isEmpty()) {
						LockSupport.parkNanos(600_000_000);
					}
					this.received.add(batch.count());
				});
		try (EchoFixture.Client client = new EchoFixture.Client(loop.address().getAddress(), loop.address().getPort(),
				0)) {
			for (int i = 0; i < 100; i++) {
				client.send("hello");
			}
			loop.stop();
			loop.run();
			assertThat(this.received.stream().mapToInt(Integer::intValue).sum()).isEqualTo(100);
		}
	}

	@Test
	void opensItAgainAfterAnErrorOfTheSystem() throws Exception {
		AtomicInteger attempts = new AtomicInteger();
		ReceiverLoop loop = failing((address, sharePort) -> {
			if (attempts.incrementAndGet() == 1) {
				throw new InternalError("for a moment");
			}
			return open(address, sharePort);
		});
		Thread thread = Thread.ofPlatform().start(loop);
		try {
			await().until(() -> attempts.get() == 2 && loop.failure() == null);
		}
		finally {
			loop.stop();
			thread.join();
		}
	}

	@Test
	void anInterruptNeitherEndsItNorKeepsItBusy() throws Exception {
		AtomicInteger attempts = new AtomicInteger();
		ReceiverLoop loop = failing((address, sharePort) -> {
			attempts.incrementAndGet();
			throw new IOException("not yet");
		});
		Thread thread = Thread.ofPlatform().start(loop);
		try {
			await().until(() -> attempts.get() == 1);
			thread.interrupt();
			await().until(() -> attempts.get() >= 3);
		}
		finally {
			loop.stop();
			thread.join();
		}
	}

	@Test
	void countsWhatWasReceivedWhenAnErrorEndsIt() throws Exception {
		try (Receiver receiver = new Receiver(open(EchoFixture.loopback(0), false), this.server.service(),
				(_) -> () -> {
					throw new InternalError("for a moment");
				});
				EchoFixture.Client client = new EchoFixture.Client(receiver.address().getAddress(),
						receiver.address().getPort(), 0)) {
			client.send("hello");
			assertThatExceptionOfType(InternalError.class).isThrownBy(receiver::run);
		}
		assertThat(this.counts.received()).isEqualTo(1);
		assertThat(this.counts.droppedFor(TransportDrop.FAILED)).isEqualTo(1);
	}

	/**
	 * A socket that is of no use.
	 */
	private record Failing(UdpSocket socket) implements UdpSocket {

		@Override
		public Batch newBatch(SendFailures failures) {
			throw new IllegalStateException("broken");
		}

		@Override
		public InetSocketAddress address() {
			return this.socket.address();
		}

		@Override
		public void sharePort() throws IOException {
			this.socket.sharePort();
		}

		@Override
		public void disconnect() throws IOException {
			this.socket.disconnect();
		}

		@Override
		public boolean sendToThisHost() throws IOException {
			return this.socket.sendToThisHost();
		}

		@Override
		public int leaving() {
			return this.socket.leaving();
		}

		@Override
		public boolean hasReadLeaving() {
			return this.socket.hasReadLeaving();
		}

		@Override
		public void closeQueue() throws IOException {
			this.socket.closeQueue();
		}

		@Override
		public void wakeUp() {
			this.socket.wakeUp();
		}

		@Override
		public void noteDrops() {
			this.socket.noteDrops();
		}

		@Override
		public void close() {
			this.socket.close();
		}

	}

}
