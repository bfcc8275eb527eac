package dev.udpprobe.probe;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.function.UnaryOperator;

import org.junit.jupiter.api.Test;

import dev.udpprobe.exchange.Dialogue;
import dev.udpprobe.probe.ProbeLog.What;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is said of a probe's datagrams.
 */
class ProbeLogTests {

	private static final InetSocketAddress LOCAL = new InetSocketAddress(1);

	private final ProbeLog log = new ProbeLog();

	private final Dialogue dialogue = this.log.of(new Dialogue.Once(new byte[]{1}, Duration.ofSeconds(1)),
			UnaryOperator.identity(), UnaryOperator.identity());

	@Test
	void whatTheKernelDidNotTakeWasNotSent() {
		this.dialogue.first(LOCAL);
		this.log.ended(0);
		assertThat(this.log.entries()).isEmpty();
	}

	@Test
	void whatItTookWasSent() {
		this.dialogue.first(LOCAL);
		this.dialogue.received(ByteBuffer.allocate(3));
		this.log.ended(1);
		assertThat(this.log.entries()).extracting(ProbeLog.Entry::what).containsExactly(What.SENT, What.ANSWER);
	}

}
