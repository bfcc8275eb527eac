package dev.udpprobe.linux;

import java.io.IOException;
import java.lang.management.ManagementFactory;

import com.sun.management.ThreadMXBean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import dev.udpprobe.linux.BatchServer.Client;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Nothing that comes or goes takes memory of the heap, once the JVM has compiled it.
 */
@EnabledOnOs(value = OS.LINUX, architectures = {"amd64", "aarch64"})
class BatchMemoryTests {

	private static final int DATAGRAMS = 100_000;

	/** It compiles in the background; until then the calls box what they are given. */
	private static final int MAX_ROUNDS = 50;

	private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

	@Test
	void receivesAndAnswersWithoutAllocating() throws IOException {
		try (BatchServer server = new BatchServer(); Client client = server.client("127.0.0.1")) {
			server.replies().segmenting(SocketOptions.segments(server.channel()));
			long bytes = allocated(server, client);
			for (int round = 1; round < MAX_ROUNDS && bytes >= DATAGRAMS; round++) {
				bytes = allocated(server, client);
			}
			assertThat(bytes).isLessThan(DATAGRAMS);
		}
	}

	/**
	 * @return bytes that receiving and answering have allocated, and not the client
	 */
	private long allocated(BatchServer server, Client client) throws IOException {
		byte[] payload = new byte[64];
		long bytes = 0;
		int answered = 0;
		while (answered < DATAGRAMS) {
			for (int i = 0; i < BatchServer.SLOTS; i++) {
				payload[0] = (byte) (i / 5);
				client.send(payload);
			}
			long before = this.threads.getCurrentThreadAllocatedBytes();
			int count = server.receive();
			int failures = server.answer(count);
			bytes += this.threads.getCurrentThreadAllocatedBytes() - before;
			assertThat(failures).isZero();
			answered += count;
		}
		return bytes;
	}

}
