package dev.udpprobe.auth;

import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.List;

import com.sun.management.ThreadMXBean;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class VerifierCostTests {

	private static final int DATAGRAMS = 20_000;

	private static final int MOST_BYTES = 128;

	/** Mostly one array of 32 bytes in the JDK's HMAC for each key, whatever the length. */
	@ParameterizedTest
	@ValueSource(ints = {0, 5, 1_400, 65_475})
	void aDatagramTakesNoMemoryButTheHashes(int length) {
		Verifier verifier = new Verifier(
				List.of(SharedKey.of("another key, as long"), SharedKey.of(Signing.KEY)));
		ByteBuffer datagram = ByteBuffer.allocateDirect(length + 32)
				.put(Signing.signed(Signing.KEY, new byte[length]))
				.flip();
		int datagrams = (length > 10_000) ? DATAGRAMS / 20 : DATAGRAMS;
		verify(verifier, datagram, datagrams);
		ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
		long before = threads.getCurrentThreadAllocatedBytes();
		verify(verifier, datagram, datagrams);
		long allocated = threads.getCurrentThreadAllocatedBytes() - before;
		assertThat(allocated / datagrams).isLessThanOrEqualTo(MOST_BYTES);
	}

	private static void verify(Verifier verifier, ByteBuffer datagram, int times) {
		for (int i = 0; i < times; i++) {
			verifier.verify(datagram);
		}
	}

}
