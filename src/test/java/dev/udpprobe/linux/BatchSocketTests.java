package dev.udpprobe.linux;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.PortUnreachableException;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import dev.udpprobe.linux.BatchServer.Client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What can be done to a socket that batches are read from.
 */
@EnabledOnOs(value = OS.LINUX, architectures = {"amd64", "aarch64"})
class BatchSocketTests {

	private final BatchServer server = new BatchServer();

	private final DatagramBatch batch = this.server.batch();

	private final DatagramChannel channel = this.server.channel();

	private final Client client = this.server.client("127.0.0.1");

	BatchSocketTests() throws IOException {}

	@AfterEach
	void close() throws IOException {
		this.server.close();
	}

	@Test
	void waitsNoLongerThanItsTimeOut() throws IOException {
		SocketQueue.timeOuts(this.channel, 20_000_000, 1_000_000);
		long startNanos = System.nanoTime();
		assertThat(this.server.receive()).isZero();
		assertThat(System.nanoTime() - startNanos).isGreaterThan(15_000_000);
		this.client.send(new byte[3]);
		assertThat(this.server.receive()).isOne();
	}

	@Test
	void aClosedQueueKeepsWhatItHasAndTakesNothingMore() throws IOException {
		this.client.send(new byte[1]);
		this.client.send(new byte[2]);
		SocketQueue.close(this.channel);
		this.client.send(new byte[3]);
		assertThat(this.server.receive()).isEqualTo(2);
		assertThat(this.batch.length(1)).isEqualTo(2);
		assertThat(this.server.answer(2)).isZero();
		assertThat(this.client.receive()).hasSize(BatchServer.HEAD.length + 1);
		assertThat(this.batch.receive(this.channel, false)).isZero();
	}

	@Test
	void whoeverWaitsReturnsAtOnceWhenItIsShutDownAndEverAfter() throws Exception {
		SocketQueue.timeOuts(this.channel, 600_000_000_000L, 1_000_000);
		CountDownLatch waiting = new CountDownLatch(1);
		int[] received = {-1, -1, -1};
		Thread reader = Thread.ofPlatform().start(() -> {
			try (DatagramBatch own = new DatagramBatch(1, 0, 0)) {
				waiting.countDown();
				for (int i = 0; i < received.length; i++) {
					received[i] = own.receive(this.channel, true);
				}
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		});
		waiting.await();
		SocketQueue.shutDown(this.channel);
		assertThat(reader.join(Duration.ofSeconds(20))).isTrue();
		assertThat(received).containsOnly(0);
	}

	@Test
	void whatIsQueuedIsStillReadWhenItIsShutDown() throws IOException {
		this.client.send(new byte[0]);
		this.client.send(new byte[5]);
		SocketQueue.shutDown(this.channel);
		assertThat(this.server.receive()).isEqualTo(2);
		assertThat(this.batch.length(1)).isEqualTo(5);
		assertThat(this.server.receive()).isZero();
	}

	@Test
	void tellsTheDropsOfThisSocketAsTheTableOfAllDoes() throws IOException {
		this.channel.setOption(StandardSocketOptions.SO_RCVBUF, 4_096);
		assertThat(SocketQueue.drops(this.channel)).isZero();
		for (int i = 0; i < 500; i++) {
			this.client.send(new byte[100]);
		}
		int drops = SocketQueue.drops(this.channel);
		assertThat(drops).isBetween(1, 499).isEqualTo((int) KernelDrops.ofPort(this.server.port()));
		int received = 0;
		for (int count = 1; count > 0; received += count) {
			count = this.batch.receive(this.channel, false);
		}
		assertThat(received + drops).isEqualTo(500);
	}

	@Test
	void aConnectionKeepsWhatIsQueuedAndThenTakesOnePeersAlone() throws IOException {
		Client other = this.server.client("127.0.0.1");
		this.client.send(new byte[1]);
		assertThat(this.server.receive()).isOne();
		other.send(new byte[2]);
		this.client.send(new byte[3]);
		this.batch.connect(this.channel, 0);
		other.send(new byte[4]);
		this.client.send(new byte[5]);
		assertThat(this.server.receive()).isEqualTo(3);
		assertThat(new int[]{this.batch.length(0), this.batch.length(1), this.batch.length(2)})
				.containsExactly(2, 3, 5);
	}

	@Test
	void whatIsConnectedToItselfKeepsWhatIsQueuedAndLeavesTheRestToAnother() throws IOException {
		this.client.send(new byte[1]);
		assertThat(this.server.receive()).isOne();
		this.channel.setOption(StandardSocketOptions.SO_REUSEPORT, true);
		try (DatagramChannel other = DatagramChannel.open()) {
			other.setOption(StandardSocketOptions.SO_REUSEPORT, true).bind(this.channel.getLocalAddress());
			this.batch.connect(this.channel, 0);
			this.client.send(new byte[2]);
			SocketQueue.connectToItself(this.channel);
			this.client.send(new byte[3]);
			assertThat(this.batch.receive(other, false)).isOne();
			assertThat(this.batch.length(0)).isEqualTo(3);
			assertThat(this.batch.receive(this.channel, false)).isOne();
			assertThat(this.batch.length(0)).isEqualTo(2);
		}
	}

	@Test
	void answersOfAConnectedSocketTellOfARefusal() throws IOException {
		for (int i = 0; i < 3; i++) {
			this.client.send(new byte[i]);
		}
		assertThat(this.server.receive()).isEqualTo(3);
		this.batch.connect(this.channel, 0);
		this.client.close();
		assertThat(answerConnected(0)).isZero();
		assertThat(this.server.replies().takeError()).isNull();
		assertThat(answerConnected(1)).isZero();
		assertThat(this.server.replies().takeError()).isInstanceOf(PortUnreachableException.class);
		assertThat(this.server.replies().takeError()).isNull();
		assertThatExceptionOfType(PortUnreachableException.class).isThrownBy(this.server::receive)
				.withMessage("Connection refused");
	}

	/** Each of them is refused before the next one leaves, and {@code sendmmsg(2)} would not say so. */
	@Test
	void aRefusalInTheMiddleOfABatchIsNotLost() throws IOException {
		for (int i = 0; i < 3; i++) {
			this.client.send(new byte[i]);
		}
		assertThat(this.server.receive()).isEqualTo(3);
		this.batch.connect(this.channel, 0);
		this.client.close();
		assertThat(answerConnected(0, 1, 2)).isZero();
		assertThat(this.server.replies().takeError()).isInstanceOf(PortUnreachableException.class);
	}

	private int answerConnected(int... slots) {
		ReplyBatch replies = this.server.replies();
		replies.clear();
		Arrays.stream(slots).forEach((slot) -> replies.answer(slot, 0, 1 + slot));
		return replies.send(this.channel, true);
	}

}
