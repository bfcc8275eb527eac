package dev.udpprobe.echo;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.StreamHandler;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class DropSummaryTests {

	private static final long SECOND = 1_000_000_000;

	/** The clock turns over. */
	private static final long START = Long.MAX_VALUE - 30 * SECOND;

	private final EchoCounts counts = new EchoCounts();

	private final List<String> lines = new ArrayList<>();

	private final Logger logger = Logger.getLogger(DropSummary.class.getName());

	private final Handler handler = new StreamHandler() {
		@Override
		public synchronized void publish(LogRecord line) {
			DropSummaryTests.this.lines.add(line.getMessage());
		}
	};

	@BeforeEach
	void capture() {
		this.logger.addHandler(this.handler);
	}

	@AfterEach
	void release() {
		this.logger.removeHandler(this.handler);
	}

	private static long after(long seconds) {
		return START + seconds * SECOND;
	}

	private void drop(DropReason reason, int times) {
		for (int i = 0; i < times; i++) {
			this.counts.dropped(reason);
		}
	}

	@Test
	void tellsTheFirstAtOnceAndThenOnceAMinute() {
		DropSummary summary = new DropSummary(this.counts, START);
		drop(DropReason.SOURCE_RATE, 12_000);
		drop(DropReason.SOURCE_PORT, 345);
		summary.logIfDue(after(2));
		assertThat(this.lines).containsExactly("dropped 12,345 datagrams in 2 s: source-port 345, source-rate 12,000");
		for (int second = 3; second < 62; second++) {
			drop(DropReason.LOOP, 1);
			summary.logIfDue(after(second));
		}
		assertThat(this.lines).hasSize(1);
		summary.logIfDue(after(62));
		assertThat(this.lines).hasSize(2).last().isEqualTo("dropped 59 datagrams in 60 s: loop 59");
	}

	@Test
	void tellsNothingWhereNothingWasDropped() {
		drop(DropReason.OVERSIZED, 3);
		DropSummary summary = new DropSummary(this.counts, START);
		for (int second = 0; second < 1_000; second++) {
			summary.logIfDue(after(second));
		}
		assertThat(this.lines).as("what was dropped before is somebody else's").isEmpty();
		drop(DropReason.OVERSIZED, 1);
		summary.logIfDue(after(1_000));
		assertThat(this.lines).as("since the look before").containsExactly("dropped 1 datagram in 1 s: oversized 1");
	}

	@Test
	void countsTheSecondsFromWhenTheDropsBegan() {
		DropSummary summary = new DropSummary(this.counts, START);
		drop(DropReason.LOOP, 1);
		summary.logIfDue(after(1));
		for (int second = 2; second <= 61; second++) {
			if (second > 50) {
				drop(DropReason.LOOP, 1);
			}
			summary.logIfDue(after(second));
		}
		assertThat(this.lines).containsExactly("dropped 1 datagram in 1 s: loop 1",
				"dropped 11 datagrams in 11 s: loop 11");
		summary.logIfDue(after(1_000));
		drop(DropReason.LOOP, 2);
		summary.logIfDue(after(1_003));
		assertThat(this.lines).last().isEqualTo("dropped 2 datagrams in 3 s: loop 2");
	}

	@Test
	void mayBeAskedAtAnyRate() {
		DropSummary summary = new DropSummary(this.counts, START);
		for (int millis = 0; millis < 180_000; millis++) {
			drop(DropReason.SOURCE_RATE, 1);
			summary.logIfDue(START + millis * 1_000_000L);
		}
		assertThat(this.lines).hasSize(3);
	}

}
