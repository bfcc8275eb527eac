package dev.udpprobe.server;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import dev.udpprobe.echo.EchoDrop;
import static org.assertj.core.api.Assertions.assertThat;

class DropSummaryTests {

	private static final long SECOND = 1_000_000_000;

	/** The clock turns over. */
	private static final long START = Long.MAX_VALUE - 30 * SECOND;

	private final ServerCounts counts = new ServerCounts(EchoDrop.values());

	private final Slot datagram = new Slot(ByteBuffer.allocate(0), 0);

	private final Batch batch = new BatchOf(this.datagram).received();

	private final List<String> lines = new ArrayList<>();

	private static long after(long seconds) {
		return START + seconds * SECOND;
	}

	private void drop(DropReason reason, int times) {
		for (int i = 0; i < times; i++) {
			this.datagram.received(0, false);
			this.datagram.drop(reason);
			this.counts.add(this.batch);
		}
	}

	@Test
	void tellsTheFirstAtOnceAndThenOnceAMinute() {
		DropSummary summary = new DropSummary(this.counts, this.lines::add, START);
		drop(EchoDrop.SOURCE_RATE, 12_000);
		drop(EchoDrop.SOURCE_PORT, 345);
		summary.logIfDue(after(2));
		assertThat(this.lines).containsExactly("dropped 12,345 datagrams in 2 s: source-port 345, source-rate 12,000");
		for (int second = 3; second < 62; second++) {
			drop(EchoDrop.LOOP, 1);
			summary.logIfDue(after(second));
		}
		assertThat(this.lines).hasSize(1);
		summary.logIfDue(after(62));
		assertThat(this.lines).hasSize(2).last().isEqualTo("dropped 59 datagrams in 60 s: loop 59");
	}

	@Test
	void tellsNothingWhereNothingWasDropped() {
		drop(TransportDrop.OVERSIZED, 3);
		DropSummary summary = new DropSummary(this.counts, this.lines::add, START);
		for (int second = 0; second < 1_000; second++) {
			summary.logIfDue(after(second));
		}
		assertThat(this.lines).as("what was dropped before is somebody else's").isEmpty();
		drop(TransportDrop.OVERSIZED, 1);
		summary.logIfDue(after(1_000));
		assertThat(this.lines).as("since the look before").containsExactly("dropped 1 datagram in 1 s: oversized 1");
	}

	@Test
	void countsTheSecondsFromWhenTheDropsBegan() {
		DropSummary summary = new DropSummary(this.counts, this.lines::add, START);
		drop(EchoDrop.LOOP, 1);
		summary.logIfDue(after(1));
		for (int second = 2; second <= 61; second++) {
			if (second > 50) {
				drop(EchoDrop.LOOP, 1);
			}
			summary.logIfDue(after(second));
		}
		assertThat(this.lines).containsExactly("dropped 1 datagram in 1 s: loop 1",
				"dropped 11 datagrams in 11 s: loop 11");
		summary.logIfDue(after(1_000));
		drop(EchoDrop.LOOP, 2);
		summary.logIfDue(after(1_003));
		assertThat(this.lines).last().isEqualTo("dropped 2 datagrams in 3 s: loop 2");
	}

	@Test
	void tellsTheRestWhenItIsOver() {
		DropSummary summary = new DropSummary(this.counts, this.lines::add, START);
		summary.logRest(after(1));
		assertThat(this.lines).isEmpty();
		drop(EchoDrop.LOOP, 1);
		summary.logIfDue(after(2));
		drop(EchoDrop.LOOP, 2);
		summary.logIfDue(after(10));
		drop(EchoDrop.LOOP, 3);
		summary.logRest(after(12));
		assertThat(this.lines).hasSize(2).last().isEqualTo("dropped 5 datagrams in 10 s: loop 5");
	}

	@Test
	void mayBeAskedAtAnyRate() {
		DropSummary summary = new DropSummary(this.counts, this.lines::add, START);
		for (int millis = 0; millis < 180_000; millis++) {
			drop(EchoDrop.SOURCE_RATE, 1);
			summary.logIfDue(START + millis * 1_000_000L);
		}
		assertThat(this.lines).hasSize(3);
	}

}
