package dev.udpprobe.linux;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;

import com.sun.management.ThreadMXBean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

import dev.udpprobe.linux.BatchServer.Client;
import dev.udpprobe.testing.Java;
import dev.udpprobe.testing.Processes;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Nothing that comes or goes takes memory of the heap, once the JVM has compiled it: a JVM of its
 * own, since that of the tests compiles little so thoroughly.
 */
@EnabledOnOs(value = OS.LINUX, architectures = {"amd64", "aarch64"})
@Execution(ExecutionMode.CONCURRENT)
class BatchMemoryTests {

	private static final int DATAGRAMS = 100_000;

	/** It compiles in the background; until then the calls box what they are given. */
	private static final int MAX_ROUNDS = 50;

	private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

	static final class Measured {

		static void main() throws IOException {
			try (BatchServer server = new BatchServer(); Client client = server.client("127.0.0.1")) {
				server.replies().segmenting(SocketOptions.segments(server.channel()));
				long bytes = allocated(server, client);
				for (int round = 1; round < MAX_ROUNDS && bytes >= DATAGRAMS; round++) {
					bytes = allocated(server, client);
				}
				assertThat(bytes).isLessThan(DATAGRAMS);
			}
		}

	}

	@Test
	void receivesAndAnswersWithoutAllocating() throws Exception {
		Process process = Processes.start(new ProcessBuilder(Java.command(List.of("-XX:TieredStopAtLevel=4",
				"--add-opens=java.base/sun.nio.ch=ALL-UNNAMED", "--enable-native-access=ALL-UNNAMED"), Measured.class))
				.redirectErrorStream(true));
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(process.waitFor()).as(output).isZero();
	}

	/**
	 * @return bytes that receiving and answering have allocated, and not the client
	 */
	private static long allocated(BatchServer server, Client client) throws IOException {
		byte[] payload = new byte[64];
		long bytes = 0;
		int answered = 0;
		while (answered < DATAGRAMS) {
			for (int i = 0; i < BatchServer.SLOTS; i++) {
				payload[0] = (byte) (i / 5);
				client.send(payload);
			}
			long before = THREADS.getCurrentThreadAllocatedBytes();
			int count = server.receive();
			int failures = server.answer(count);
			bytes += THREADS.getCurrentThreadAllocatedBytes() - before;
			assertThat(failures).isZero();
			answered += count;
		}
		return bytes;
	}

}
