package dev.udpprobe.server;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import dev.udpprobe.echo.EchoDrop;
import dev.udpprobe.echo.EchoFixture;
import dev.udpprobe.echo.EchoFixture.Client;
import dev.udpprobe.echo.EchoHandler;
import dev.udpprobe.echo.EchoMode;
import dev.udpprobe.echo.EchoSettings;
import dev.udpprobe.echo.Guard;
import dev.udpprobe.echo.GuardSettings;
import dev.udpprobe.echo.SessionEnd;
import dev.udpprobe.echo.Sessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Sockets that take each other's place, seen batch by batch.
 */
@EnabledOnOs(OS.LINUX)
class NativeSocketTests {

	private static final Duration MINUTE = Duration.ofMinutes(1);

	private final ServerCounts counts = new ServerCounts(EchoDrop.values());

	private final EchoSettings settings = EchoFixture.settings(Transport.NATIVE, EchoFixture.loopback(0),
			EchoMode.EXCLUSIVE, "Hi, ", MINUTE);

	private final Sessions sessions = new Sessions(10, MINUTE, this.counts);

	private final Handler handler = new EchoHandler(this.settings,
			new Guard(GuardSettings.OPEN, this.settings.greeting(), System.nanoTime()), this.sessions);

	private final UdpServer server = new UdpServer(this.settings.server(), this.handler, this.counts);

	/** Of which each batch takes one. */
	private final Semaphore gate = new Semaphore(0);

	/** What each batch takes. */
	private volatile long pauseNanos;

	private final UdpSocket socket = open();

	private UdpSocket open() {
		try {
			return this.server.open(EchoFixture.loopback(0), false);
		}
		catch (IOException ex) {
			throw new AssertionError(ex);
		}
	}

	private Runnable flow(Batch batch) {
		return () -> {
			this.gate.acquireUninterruptibly();
			LockSupport.parkNanos(this.pauseNanos);
			this.handler.handle(batch);
			batch.send();
		};
	}

	private void awaitBatch() {
		await().until(this.gate::hasQueuedThreads);
	}

	private void whileReceiving(Exchanges exchanges) throws Exception {
		ReceiverLoop loop = new ReceiverLoop(this.socket, (_, _) -> {
			throw new IOException("it is of use for ever");
		}, this.server.service(), this::flow);
		Thread thread = Thread.ofPlatform().start(loop);
		try {
			exchanges.run();
		}
		finally {
			this.gate.release(1_000);
			loop.stop();
			thread.join();
		}
	}

	private interface Exchanges {
		void run() throws Exception;
	}

	@Test
	void aRefusalOfThePeerBeforeDoesNotEndTheNextOnesSession() throws Exception {
		whileReceiving(() -> {
			try (Client next = client()) {
				try (Client first = client()) {
					first.send("hello");
					awaitBatch();
					first.send("goodbye");
				}
				this.gate.release();
				await().until(() -> this.counts.replied() == 1);
				awaitBatch();
				next.send("hello");
				this.gate.release(2);
				assertThat(next.receive()).isEqualTo(EchoFixture.bytes("Hi, hello"));
				await().until(() -> this.counts.refusals() == 1);
				this.gate.release();
				assertThat(next.ask("still there")).isEqualTo("Hi, still there");
				assertThat(this.sessions.endedBy(SessionEnd.REFUSED)).isZero();
			}
		});
	}

	@Test
	void othersDoNotKeepItFromTheOneWhoHoldsIt() throws Exception {
		this.pauseNanos = 2_000_000;
		whileReceiving(() -> {
			AtomicBoolean enough = new AtomicBoolean();
			Thread flood = Thread.ofPlatform().unstarted(() -> flood(enough));
			try (Client first = client()) {
				first.send("hello");
				awaitBatch();
				flood.start();
				this.gate.release(1_000_000);
				assertThat(first.receive()).isEqualTo(EchoFixture.bytes("Hi, hello"));
				// Others may have filled the socket before it is connected, and then one datagram is lost.
				await().until(() -> {
					first.send("two");
					return !first.hasNothing();
				});
			}
			finally {
				enough.set(true);
				flood.join();
			}
		});
	}

	private void flood(AtomicBoolean enough) {
		try (Client other = client()) {
			while (!enough.get()) {
				other.send("and I?");
			}
		}
		catch (IOException ex) {
			throw new AssertionError(ex);
		}
	}

	private Client client() throws IOException {
		return new Client(InetAddress.getLoopbackAddress(), this.socket.address().getPort(), 0);
	}

}
