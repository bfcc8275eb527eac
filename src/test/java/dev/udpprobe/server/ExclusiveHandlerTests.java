package dev.udpprobe.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;

import dev.udpprobe.echo.EchoFixture;
import dev.udpprobe.echo.EchoFixture.Client;
import dev.udpprobe.net.PeerAddress;
import dev.udpprobe.testing.ThisJvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * An exclusive server with another handler than the echo.
 */
@EachTransport
@EnabledOnOs(value = OS.LINUX, disabledReason = "a connected socket hears of refusals only on Linux")
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(value = ThisJvm.LOCK, mode = ResourceAccessMode.READ)
class ExclusiveHandlerTests {

	private final Mirror handler = new Mirror();

	private final ServerCounts counts = new ServerCounts();

	private final UdpServer server;

	/** Each batch takes one. */
	private final Semaphore gate = new Semaphore(0);

	ExclusiveHandlerTests(Transport transport) {
		this.server = new UdpServer(
				new ServerSettings("test", "", List.of(EchoFixture.loopback(0)), true, 0, transport, 1),
				this.handler, this.counts);
	}

	private static final class Mirror implements Handler {

		private volatile boolean serves = true;

		/** Why nobody gets the socket, if it is not null. */
		private volatile @Nullable DropReason reason;

		@Override
		public void handle(Batch batch) {
			for (int i = 0; i < batch.count(); i++) {
				batch.admit(i);
				if (batch.get(i).isOpen()) {
					batch.get(i).reply(0);
				}
			}
		}

		@Override
		public @Nullable DropReason connectDropReason(Slot datagram) {
			return this.reason;
		}

		@Override
		public boolean isServed(PeerAddress peer) {
			return this.serves;
		}

	}

	@BeforeEach
	void start() {
		this.server.open((batch) -> () -> {
			this.gate.acquireUninterruptibly();
			this.handler.handle(batch);
			batch.send();
		});
		this.server.start();
	}

	@AfterEach
	void stop() {
		letAllThrough();
		this.server.stop();
	}

	private void letAllThrough() {
		this.gate.release(10_000);
	}

	@Test
	void whatOthersQueuedBeforeItWasConnectedIsDroppedAndCounted() throws IOException {
		try (Client first = client(); Client other = client()) {
			first.send("one");
			await().until(this.gate::hasQueuedThreads);
			other.send("and I?");
			first.send("two");
			letAllThrough();
			assertThat(first.receive()).isEqualTo(EchoFixture.bytes("one"));
			assertThat(first.receive()).isEqualTo(EchoFixture.bytes("two"));
			await().until(() -> this.counts.received() == 3);
			assertThat(this.counts.droppedFor(TransportDrop.OTHER_PEER)).isOne();
			assertThat(other.hasNothing()).isTrue();
		}
	}

	@Test
	void isNotConnectedToWhomTheHandlerDoesNotWant() throws IOException {
		this.handler.reason = TransportDrop.FAILED;
		letAllThrough();
		try (Client first = client(); Client next = client()) {
			first.send("one");
			await().until(() -> this.counts.droppedFor(TransportDrop.FAILED) == 1);
			assertThat(EchoFixture.isConnected(this.server.port())).isFalse();
			this.handler.reason = null;
			assertThat(next.ask("mine")).isEqualTo("mine");
		}
	}

	@Test
	void aPeerThatIsGoneLosesTheSocket() throws IOException {
		try (Client gone = client()) {
			gone.send("one");
			await().until(this.gate::hasQueuedThreads);
		}
		try (Client next = client()) {
			letAllThrough();
			await().until(() -> {
				next.send("mine");
				return !next.hasNothing();
			});
			assertThat(this.counts.refusals()).isOne();
		}
	}

	@Test
	void answersWhatWasReceivedWhenItStopsWhileSocketsLeave() throws IOException {
		this.handler.serves = false;
		try (Client client = client()) {
			for (int i = 0; i < 5; i++) {
				client.send("message " + i);
			}
			await().until(this.gate::hasQueuedThreads);
			Thread stopping = Thread.ofPlatform().start(this.server::stop);
			await().until(() -> stopping.getState() == Thread.State.TIMED_WAITING);
			letAllThrough();
			for (int i = 0; i < 5; i++) {
				assertThat(client.receive()).isEqualTo(EchoFixture.bytes("message " + i));
			}
		}
	}

	@Test
	void keepsFewSocketsOpenWhilePeersComeAndGo() throws Exception {
		this.handler.serves = false;
		this.gate.release(10_000_000);
		AtomicBoolean enough = new AtomicBoolean();
		List<Thread> floods = Stream.generate(() -> Thread.ofPlatform().start(() -> flood(enough))).limit(2).toList();
		try {
			long most = 0;
			while (this.counts.received() < 20_000) {
				most = Math.max(most, socketsOnThePort());
			}
			assertThat(most).isBetween(2L, 30L);
		}
		finally {
			enough.set(true);
			for (Thread flood : floods) {
				flood.join();
			}
		}
	}

	private void flood(AtomicBoolean enough) {
		try (Client client = client()) {
			while (!enough.get()) {
				client.send("and gone");
			}
		}
		catch (IOException ex) {
			throw new AssertionError(ex);
		}
	}

	/**
	 * By their inodes ({@code proc_net(5)}), as the table tells some twice when sockets come and go.
	 */
	private long socketsOnThePort() throws IOException {
		Pattern local = Pattern
				.compile("^ *[0-9]+: \\p{XDigit}+:%04X (?:\\S+ +){7}([0-9]+) ".formatted(this.server.port()));
		return Files.readAllLines(Path.of("/proc/net/udp"))
				.stream()
				.map(local::matcher)
				.filter(Matcher::find)
				.map((socket) -> socket.group(1))
				.distinct()
				.count();
	}

	private Client client() throws IOException {
		return new Client(EchoFixture.loopback(0).getAddress(), this.server.port(), 0);
	}

}
