package dev.udpprobe.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;

import dev.udpprobe.echo.DropReason;
import dev.udpprobe.echo.EchoCounts;
import dev.udpprobe.echo.EchoMode;
import dev.udpprobe.echo.EchoSettings;
import dev.udpprobe.echo.EchoTransport;
import dev.udpprobe.echo.Guard;
import dev.udpprobe.echo.GuardSettings;
import dev.udpprobe.echo.Sessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * What becomes of an address whose socket fails.
 */
@EachTransport
class ReceiverLoopTests {

	private final EchoCounts counts = new EchoCounts();

	private final Receiver.Opener opener;

	private final List<Integer> received = new ArrayList<>();

	private volatile boolean canOpen;

	ReceiverLoopTests(EchoTransport transport) {
		EchoSettings settings = EchoFixture.settings(transport, EchoFixture.loopback(0), EchoMode.SHARED, "",
				Duration.ofMinutes(1));
		Sessions sessions = new Sessions(1, Duration.ofMinutes(1), this.counts);
		this.opener = new EchoServer(settings, sessions, this.counts,
				new Guard(GuardSettings.OPEN, settings.greeting(), System.nanoTime())).opener();
	}

	@Test
	void opensItAgainAndTellsWhyNotUntilThen() throws Exception {
		Receiver first = new Failing(open(EchoFixture.loopback(0)));
		ReceiverLoop loop = new ReceiverLoop(first, (address) -> {
			if (!this.canOpen) {
				throw new IOException("not yet");
			}
			return open(address);
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
			loop.stop();
			thread.join();
		}
		// The port is free again.
		open(loop.address()).close();
	}

	@Test
	void endsWhenItIsStoppedWhileTheAddressIsNotToBeHad() throws Exception {
		ReceiverLoop loop = new ReceiverLoop(new Failing(open(EchoFixture.loopback(0))), (_) -> {
			throw new IOException("never");
		});
		Thread thread = Thread.ofPlatform().start(loop);
		await().untilAsserted(() -> assertThat(loop.failure()).isEqualTo("never"));
		loop.stop();
		assertThat(thread.join(Duration.ofSeconds(10))).isTrue();
	}

	@Test
	void opensItAgainAfterAnErrorOfTheSystem() throws Exception {
		AtomicInteger attempts = new AtomicInteger();
		ReceiverLoop loop = new ReceiverLoop(new Failing(open(EchoFixture.loopback(0))), (address) -> {
			if (attempts.incrementAndGet() == 1) {
				throw new InternalError("for a moment");
			}
			return open(address);
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
		ReceiverLoop loop = new ReceiverLoop(new Failing(open(EchoFixture.loopback(0))), (address) -> {
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
		Consumer<EchoMessage> flow = (_) -> {
			throw new InternalError("for a moment");
		};
		try (Receiver receiver = this.opener.open(EchoFixture.loopback(0), false, flow);
				EchoFixture.Client client = new EchoFixture.Client(receiver.address().getAddress(),
						receiver.address().getPort(), 0)) {
			client.send("hello");
			assertThatExceptionOfType(InternalError.class).isThrownBy(receiver::run);
		}
		assertThat(this.counts.received()).isEqualTo(1);
		assertThat(this.counts.droppedFor(DropReason.FAILED)).isEqualTo(1);
	}

	private Receiver open(InetSocketAddress address) throws IOException {
		return this.opener.open(address, false, (message) -> this.received.add(message.getPayload().get(0).length()));
	}

	/**
	 * A receiver whose socket is of no use.
	 */
	private record Failing(Receiver receiver) implements Receiver {

		@Override
		public void run() throws IOException {
			throw new IOException("broken");
		}

		@Override
		public void sharePort() throws IOException {
			this.receiver.sharePort();
		}

		@Override
		public InetSocketAddress address() {
			return this.receiver.address();
		}

		@Override
		public void stop() {
			this.receiver.stop();
		}

		@Override
		public long kernelDrops() {
			return this.receiver.kernelDrops();
		}

		@Override
		public void close() {
			this.receiver.close();
		}

	}

}
