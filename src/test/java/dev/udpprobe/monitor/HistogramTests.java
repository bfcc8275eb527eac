package dev.udpprobe.monitor;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

import static org.assertj.core.api.Assertions.assertThat;

@Execution(ExecutionMode.CONCURRENT)
class HistogramTests {

	private static final List<Duration> BOUNDS = List.of(Duration.ofNanos(10), Duration.ofNanos(20));

	@Test
	void eachDurationIsCountedOnceUpToItsBound() {
		Histogram histogram = new Histogram(BOUNDS);
		List.of(-5L, 0L, 10L, 11L, 20L, 21L, Long.MAX_VALUE / 2).forEach(histogram::add);
		assertThat(histogram.counts()).isEqualTo(new HistogramCounts(BOUNDS, List.of(3L, 2L, 2L),
				10 + 11 + 20 + 21 + Long.MAX_VALUE / 2));
	}

	@Test
	void beforeTheFirstThereIsNone() {
		assertThat(new Histogram(BOUNDS).counts()).isEqualTo(new HistogramCounts(BOUNDS, List.of(0L, 0L, 0L), 0));
	}

}
