package dev.udpprobe.echo;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import dev.udpprobe.server.ServerCounts;

import static org.assertj.core.api.Assertions.assertThat;

class EchoHistoryTests {

	private final ServerCounts counts = new ServerCounts(EchoDrop.values());

	private final EchoHistory history = new EchoHistory(this.counts,
			new Sessions(3, Duration.ofSeconds(10), this.counts), null);

	@Test
	void keepsAnHour() {
		assertThat(this.history.kept()).isEmpty();
		this.history.keep();
		EchoHistory.Sample first = this.history.kept().getFirst();
		for (int i = 0; i < 359; i++) {
			this.history.keep();
		}
		assertThat(this.history.kept()).hasSize((int) Duration.ofHours(1).dividedBy(EchoHistory.STEP))
				.startsWith(first);
		this.history.keep();
		assertThat(this.history.kept()).hasSize(360).doesNotContain(first);
	}

	@Test
	void withoutAServerNothingIsCounted() {
		EchoHistory.Sample now = this.history.now();
		assertThat(now.received()).isZero();
		assertThat(now.dropped()).isEmpty();
		assertThat(this.history.port()).isNull();
		assertThat(this.history.isListening()).isFalse();
	}

}
