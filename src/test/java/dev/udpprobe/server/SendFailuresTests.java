package dev.udpprobe.server;

import java.io.IOException;
import java.net.InetSocketAddress;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.udpprobe.net.PeerAddress;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * When replies that fail are the fault of this host.
 */
class SendFailuresTests {

	private static final PeerAddress PEER = PeerAddress.of(new InetSocketAddress("192.0.2.1", 4_000));

	private final SendFailures failures = new SendFailures();

	private void fail(String error, int times, boolean othersLeft) {
		for (int i = 0; i < times; i++) {
			this.failures.failed(1, PEER, new IOException(error), othersLeft);
		}
	}

	@Test
	void tellsOfManyInARow() {
		fail("Operation not permitted", 9, false);
		assertThat(this.failures.reason()).isNull();
		fail("Operation not permitted", 1, false);
		assertThat(this.failures.reason()).isEqualTo("no reply can be sent: Operation not permitted");
		this.failures.none();
		assertThat(this.failures.reason()).isNull();
		fail("Operation not permitted", 9, false);
		assertThat(this.failures.reason()).isNull();
	}

	@Test
	void tellsOfABatch() {
		this.failures.failed(64, PEER, new IOException("the send buffer stays full"), false);
		assertThat(this.failures.reason()).isEqualTo("no reply can be sent: the send buffer stays full");
		this.failures.failed(63, PEER, new IOException("the send buffer stays full"), true);
		assertThat(this.failures.reason()).as("one of the batch has left").isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = {"Network is unreachable", "No route to host", "Permission denied", "Invalid argument",
			"Message too long", "Connection refused"})
	void whoeverForgesASourceChangesNothing(String error) {
		fail(error, 1_000, false);
		assertThat(this.failures.reason()).isNull();
	}

}
