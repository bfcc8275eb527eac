package dev.udpprobe.probe;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;

import org.junit.jupiter.api.Test;

import dev.udpprobe.config.LibraryModules;
import dev.udpprobe.exchange.Correlation;
import dev.udpprobe.module.Asked;
import dev.udpprobe.module.ModuleRequest;
import dev.udpprobe.outcome.Outcome;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which question an answer is to.
 */
class ModulePayloadsTests {

	private static final InetSocketAddress LOCAL = new InetSocketAddress(InetAddress.getLoopbackAddress(), 4_000);

	private static final int MANY = 5_000;

	private final ModuleRequest request = Objects.requireNonNull(LibraryModules.with().find("echo"))
			.request(Map.of(), Map.of(), null);

	/** Every second number, from 1 on. */
	private final ModulePayloads payloads = new ModulePayloads(this.request, "target:7", UnaryOperator.identity(),
			Duration.ofSeconds(1), new PingNumbers(1, 1, 2, MANY));

	private final List<Asked> asked = new ArrayList<>();

	private void ask(int count) {
		for (int i = 0; i < count; i++) {
			Asked next = this.request.ask("target:7", LOCAL);
			this.payloads.add(this.asked.size(), next);
			this.asked.add(next);
		}
	}

	private long answered(byte[] datagram) {
		return this.payloads.answered(ByteBuffer.wrap(datagram));
	}

	private long answered(int index) {
		return answered(this.asked.get(index).datagram());
	}

	private void over(int index) {
		var _ = this.payloads.over(2 * index + 1, new Outcome.TimedOut(), Duration.ofSeconds(1));
	}

	@Test
	void silenceThatWasCutShortIsNotGood() {
		ModuleRequest syslog = Objects.requireNonNull(LibraryModules.with().find("syslog"))
				.request(Map.of(), Map.of(), null);
		ModulePayloads of = new ModulePayloads(syslog, "target:7", UnaryOperator.identity(), Duration.ofSeconds(1),
				new PingNumbers(1, 1, 1, 2));
		assertThat(of.over(1, new Outcome.TimedOut(), Duration.ofMillis(999)).pass()).isFalse();
		assertThat(of.over(2, new Outcome.TimedOut(), Duration.ofSeconds(1)).pass()).isTrue();
	}

	@Test
	void anAnswerIsFoundInWhateverOrderItComes() {
		ask(6);
		assertThat(answered(0)).isEqualTo(1);
		over(0);
		assertThat(answered(4)).isEqualTo(9);
		over(4);
		assertThat(answered(5)).isEqualTo(11);
		assertThat(answered(2)).isEqualTo(5);
		// Those that are over, too.
		assertThat(answered(0)).isEqualTo(1);
		assertThat(answered(4)).isEqualTo(9);
		assertThat(answered(new byte[]{'x'})).isEqualTo(Correlation.STRAY);
	}

	@Test
	void whatIsOverIsForgottenInTime() {
		ask(1);
		over(0);
		ask(ModulePayloads.KEPT - 1);
		assertThat(answered(0)).isEqualTo(1);
		ask(1);
		assertThat(answered(0)).isEqualTo(Correlation.STRAY);
		assertThat(answered(1)).isEqualTo(3);
	}

	@Test
	void whatWaitsIsKeptAsLongAsItWaits() {
		ask(MANY);
		assertThat(answered(0)).isEqualTo(1);
		over(0);
		assertThat(answered(0)).isEqualTo(Correlation.STRAY);
	}

	/** What floods it costs no more tries than were sent for, and the next answer is found all the same. */
	@Test
	void aFloodIsNotLookedAtForLong() {
		ask(100);
		for (int i = 0; i < 50; i++) {
			over(i);
		}
		assertThat(answered(1)).isEqualTo(3);
		for (int i = 0; i < 1_000; i++) {
			assertThat(answered(new byte[]{'x'})).isEqualTo(Correlation.STRAY);
		}
		assertThat(answered(1)).isEqualTo(Correlation.STRAY);
		for (int i = 50; i < 60; i++) {
			assertThat(answered(i)).isEqualTo(2 * i + 1);
			over(i);
		}
		// More may be looked at when more was sent.
		ask(20);
		assertThat(answered(1)).isEqualTo(3);
	}

}
