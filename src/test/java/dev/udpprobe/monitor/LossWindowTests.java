package dev.udpprobe.monitor;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LossWindowTests {

	private static final long START = -12_345;

	private final LossWindow window = new LossWindow(START);

	/**
	 * @param seconds after the start of a bucket
	 */
	private static long at(long seconds) {
		return Math.floorDiv(START, LossWindow.BUCKET_MILLIS) * LossWindow.BUCKET_MILLIS + 1_000 * seconds;
	}

	private void rounds(int replied, int lost, long seconds) {
		for (int i = 0; i < replied + lost; i++) {
			this.window.add(i < replied, at(seconds));
		}
	}

	@Test
	void withoutARoundThereIsNoLoss() {
		assertThat(this.window.loss(at(0))).isEqualTo(new TargetStatus.Loss(Double.NaN, Double.NaN, Double.NaN));
	}

	@Test
	void eachWindowHasItsOwnRounds() {
		rounds(0, 2, 5);
		rounds(2, 0, 3_100);
		rounds(3, 1, 3_550);
		assertThat(this.window.loss(at(3_580))).isEqualTo(new TargetStatus.Loss(0.25, 1 / 6.0, 3 / 8.0));
	}

	@Test
	void whatIsOlderIsForgotten() {
		rounds(0, 2, 0);
		assertThat(this.window.loss(at(3_599)).oneHour()).isOne();
		assertThat(this.window.loss(at(3_599)).tenMinutes()).isNaN();
		assertThat(this.window.loss(at(3_600)).oneHour()).isNaN();
		rounds(1, 0, 3_600);
		assertThat(this.window.loss(at(3_600)).oneHour()).isZero();
		assertThat(this.window.loss(at(100_000)).oneHour()).isNaN();
	}

}
