package dev.udpprobe.linux;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import dev.udpprobe.net.PeerAddress;

import static org.assertj.core.api.Assertions.assertThat;

@EnabledOnOs(OS.LINUX)
class ShutDownTests {

	/**
	 * That it was shut down is told in the first slot of a batch. What comes at that very
	 * moment is told in the second.
	 */
	@Test
	void losesNothingThatComesWhileTheSocketIsShutDown() throws Exception {
		int count = 200_000;
		try (DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET);
				DatagramBatch batch = new DatagramBatch(8, 0, 0)) {
			channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
			SocketQueue.shutDown(channel);
			Thread sending = Thread.ofPlatform().start(() -> send(Loopback.local(channel), count));
			PeerAddress sender = new PeerAddress();
			int received = 0;
			long startNanos = System.nanoTime();
			while (received + SocketQueue.drops(channel) < count
					&& System.nanoTime() - startNanos < Duration.ofSeconds(60).toNanos()) {
				int now = batch.receive(channel, true);
				for (int i = 0; i < now; i++) {
					batch.readSender(i, sender);
					assertThat(text(batch, i)).isEqualTo(Integer.toString(sender.port()));
				}
				received += now;
			}
			sending.join();
			assertThat(received + SocketQueue.drops(channel)).isEqualTo(count);
		}
	}

	private static String text(DatagramBatch batch, int slot) {
		return StandardCharsets.US_ASCII.decode(batch.slot(slot).limit(batch.length(slot))).toString();
	}

	/**
	 * Each from one of two ports, with that port in it.
	 */
	private static void send(InetSocketAddress to, int count) {
		try (DatagramChannel one = open(); DatagramChannel other = open()) {
			for (int i = 0; i < count; i++) {
				DatagramChannel from = (i % 2 == 0) ? one : other;
				String port = Integer.toString(Loopback.local(from).getPort());
				from.send(ByteBuffer.wrap(port.getBytes(StandardCharsets.US_ASCII)), to);
			}
		}
		catch (IOException ex) {
			throw new AssertionError(ex);
		}
	}

	private static DatagramChannel open() throws IOException {
		return DatagramChannel.open(StandardProtocolFamily.INET)
				.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
	}

}
