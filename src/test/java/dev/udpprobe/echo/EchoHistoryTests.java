package dev.udpprobe.echo;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;

import dev.udpprobe.server.ServerCounts;

import static org.assertj.core.api.Assertions.assertThat;

class EchoHistoryTests {

	private final ServerCounts counts = new ServerCounts(EchoDrop.values());

	private final EchoHistory history = new EchoHistory(this.counts,
			new Sessions(3, Duration.ofSeconds(10), this.counts), null);

	@Test
	void keepsAnHourAndTellsWhatIsNew() {
		List<EchoHistory.Sample> none = this.history.after(Instant.MIN);
		assertThat(none).isEmpty();
		for (int i = 0; i < 361; i++) {
			this.history.keep();
		}
		List<EchoHistory.Sample> all = this.history.after(Instant.MIN);
		assertThat(all).hasSize((int) Duration.ofHours(1).dividedBy(EchoHistory.STEP));
		assertThat(all).isSortedAccordingTo((one, other) -> one.time().compareTo(other.time()));
		Instant told = all.getLast().time();
		assertThat(this.history.after(told)).isEmpty();
		this.history.keep();
		assertThat(this.history.after(told)).hasSizeLessThanOrEqualTo(1);
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
