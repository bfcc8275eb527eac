package dev.udpprobe.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

import org.junit.jupiter.api.RepeatedTest;

import dev.udpprobe.echo.EchoFixture;
import dev.udpprobe.echo.EchoMode;
import dev.udpprobe.testing.FreePorts;
import dev.udpprobe.testing.Processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A server that is stopped while datagrams come as fast as they are answered.
 */
@EachTransport
class StopUnderLoadTests {

	private static final int SENDERS = 3;

	private final Transport transport;

	StopUnderLoadTests(Transport transport) {
		this.transport = transport;
	}

	@RepeatedTest(5)
	void everyReplyThatItCountsHasArrivedAndEveryDatagramIsAccountedFor() throws Exception {
		try (EchoFixture echo = new EchoFixture(EchoFixture.settings(this.transport, List.of(EchoFixture.loopback(0)),
				EchoMode.SHARED, "Hi, ", Duration.ofMinutes(1), 2))) {
			InetSocketAddress server = EchoFixture.loopback(echo.port());
			List<Sender> senders = new ArrayList<>();
			List<Thread> threads = new ArrayList<>();
			try {
				for (int i = 0; i < SENDERS; i++) {
					senders.add(new Sender(server));
					threads.add(Thread.ofPlatform().start(senders.getLast()));
				}
				await().until(() -> echo.counts().replied() > 10_000);
				Thread stop = Thread.ofPlatform().start(echo.adapter()::stop);
				// Several times what the server gives its threads.
				assertThat(stop.join(Duration.ofSeconds(20))).isTrue();
				assertThat(echo.adapter().isListening()).isFalse();
			}
			finally {
				senders.forEach(Sender::stop);
				for (Thread thread : threads) {
					thread.join();
				}
			}
			assertThat(echo.isBalanced()).isTrue();
			long replies = 0;
			for (Sender sender : senders) {
				replies += sender.takeAll();
				sender.close();
			}
			assertThat(echo.counts().replied()).isEqualTo(replies);
		}
	}

	@RepeatedTest(3)
	void itStartsAgainUnderLoad() throws Exception {
		InetSocketAddress free = EchoFixture.loopback(FreePorts.udp());
		try (EchoFixture echo = new EchoFixture(EchoFixture.settings(this.transport, free, EchoMode.SHARED, "Hi, ",
				Duration.ofMinutes(1))); Sender sender = new Sender(free)) {
			Thread thread = Thread.ofPlatform().start(sender);
			for (int i = 0; i < 5; i++) {
				long before = echo.counts().replied();
				await().until(() -> echo.counts().replied() > before + 1_000);
				synchronized (Processes.START) {
					echo.adapter().stop();
					assertThat(echo.isBalanced()).isTrue();
					echo.adapter().start();
				}
				sender.forget();
			}
			sender.stop();
			thread.join();
		}
	}

	/**
	 * Always has so many datagrams on the way.
	 */
	private static final class Sender implements Runnable, AutoCloseable {

		private static final int ON_THE_WAY = 32;

		private final ByteBuffer payload = ByteBuffer.allocateDirect(64);

		private final ByteBuffer reply = ByteBuffer.allocateDirect(100);

		private final DatagramChannel channel = DatagramChannel.open();

		private final InetSocketAddress server;

		private volatile boolean stopped;

		private volatile boolean forget;

		private long sent;

		private long replies;

		Sender(InetSocketAddress server) throws IOException {
			this.server = server;
			this.channel.bind(EchoFixture.loopback(0));
			this.channel.setOption(StandardSocketOptions.SO_RCVBUF, 1 << 20);
			this.channel.configureBlocking(false);
		}

		@Override
		public void run() {
			try {
				long credit = ON_THE_WAY;
				while (!this.stopped) {
					if (this.forget) {
						this.forget = false;
						credit = this.sent - takeAll() + ON_THE_WAY;
					}
					if (this.sent - takeAll() < credit) {
						this.channel.send(this.payload.clear(), this.server);
						this.sent++;
					}
					else {
						LockSupport.parkNanos(1_000);
					}
				}
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

		/**
		 * @return how many replies have come until now
		 */
		long takeAll() throws IOException {
			while (this.channel.receive(this.reply.clear()) != null) {
				this.replies++;
			}
			return this.replies;
		}

		/**
		 * What is on the way will have no replies.
		 */
		void forget() {
			this.forget = true;
		}

		void stop() {
			this.stopped = true;
		}

		@Override
		public void close() throws IOException {
			stop();
			this.channel.close();
		}

	}

}
