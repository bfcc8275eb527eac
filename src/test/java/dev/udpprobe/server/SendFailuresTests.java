package dev.udpprobe.server;

import java.io.IOException;
import java.net.InetSocketAddress;

import org.junit.jupiter.api.Test;

import dev.udpprobe.net.PeerAddress;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * When replies that fail are the fault of this host.
 */
class SendFailuresTests {

	private static final PeerAddress PEER = PeerAddress.of(new InetSocketAddress("192.0.2.1", 4_000));

	private final SendFailures failures = new SendFailures(0);

	private boolean worksHere;

	private int trials;

	private long nowNanos;

	private void fail(int times) {
		for (int i = 0; i < times; i++) {
			this.failures.failed(1, PEER, () -> new IOException("Network is unreachable"));
		}
		look();
	}

	private void look() {
		this.nowNanos += 1_000_000_000;
		this.failures.look(this.nowNanos, () -> {
			this.trials++;
			if (!this.worksHere) {
				throw new IOException("Operation not permitted");
			}
			return true;
		});
	}

	@Test
	void tellsOfManyInARowWhenThisHostSendsNothing() {
		fail(9);
		assertThat(this.failures.reason()).isNull();
		assertThat(this.trials).isZero();
		fail(1);
		assertThat(this.failures.reason()).isEqualTo("no reply can be sent: Operation not permitted");
	}

	@Test
	void whoeverForgesSourcesChangesNothing() {
		this.worksHere = true;
		fail(1_000);
		assertThat(this.trials).isOne();
		assertThat(this.failures.reason()).isNull();
	}

	@Test
	void goesOnTryingAndIsWellWithoutAReply() {
		fail(10);
		look();
		assertThat(this.failures.reason()).isNotNull();
		assertThat(this.trials).isEqualTo(2);
		this.worksHere = true;
		look();
		assertThat(this.failures.reason()).isNull();
		look();
		assertThat(this.trials).isEqualTo(3);
	}

	@Test
	void triesOnceASecond() {
		fail(10);
		this.nowNanos -= 1;
		look();
		assertThat(this.trials).isOne();
		look();
		assertThat(this.trials).isEqualTo(2);
	}

	@Test
	void aFullSendBufferTellsNothing() {
		fail(10);
		this.failures.look(this.nowNanos + 1_000_000_000, () -> false);
		assertThat(this.failures.reason()).isNotNull();
		this.failures.replyLeft();
		this.failures.failed(10, PEER, () -> new IOException("the send buffer stays full"));
		this.failures.look(this.nowNanos + 2_000_000_000, () -> false);
		assertThat(this.failures.reason()).isNull();
	}

	@Test
	void isWellAtOnceWhenAReplyLeaves() {
		fail(10);
		this.failures.replyLeft();
		assertThat(this.failures.reason()).isNull();
		fail(9);
		assertThat(this.failures.reason()).isNull();
	}

	@Test
	void countsEachOfABatch() {
		this.failures.failed(Integer.MAX_VALUE, PEER, () -> new IOException("the send buffer stays full"));
		fail(1);
		assertThat(this.failures.reason()).isEqualTo("no reply can be sent: Operation not permitted");
	}

}
