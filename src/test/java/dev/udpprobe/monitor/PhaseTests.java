package dev.udpprobe.monitor;

import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * When rounds are due.
 */
class PhaseTests {

	@ParameterizedTest
	@ValueSource(longs = {100, 1_000, 10_000, 86_400_000})
	void theNextTimeIsAfterNowAndAWholeNumberOfIntervalsFromAnyOther(long interval) {
		long hash = Phase.hash("target", "host");
		long first = Phase.next(hash, 1_800_000_000_000L, interval);
		assertThat(first).isBetween(1_800_000_000_001L, 1_800_000_000_000L + interval);
		assertThat(Phase.next(hash, first - 1, interval)).isEqualTo(first);
		assertThat(Phase.next(hash, first, interval)).isEqualTo(first + interval);
		assertThat(Phase.next(hash, -first, interval) - first).isEqualTo(
				(Phase.next(hash, -first, interval) - first) / interval * interval);
	}

	@Test
	void theTimesOfManyTargetsAreSpreadOverTheInterval() {
		int[] tenths = new int[10];
		IntStream.range(0, 10_000).forEach(
				(i) -> tenths[(int) (Phase.next(Phase.hash("10.0.0." + i + ":53", "host"), 0, 1_000) - 1) / 100]++);
		assertThat(IntStream.of(tenths).boxed()).allSatisfy((count) -> assertThat(count).isBetween(850, 1_150));
	}

	@Test
	void whoAsksTheSameTargetElsewhereAsksItAtAnotherTime() {
		Set<Long> times = new HashSet<>();
		for (int i = 0; i < 3; i++) {
			times.add(Phase.next(Phase.hash("target", "udp-probe-" + i), 0, 10_000));
		}
		assertThat(times).hasSize(3);
	}

}
