package dev.udpprobe.monitor;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class FlappingTests {

	private final Flapping flapping = new Flapping();

	private int turns;

	private void rounds(int count, boolean changed) {
		for (int i = 0; i < count; i++) {
			this.turns += this.flapping.add(changed) ? 1 : 0;
		}
	}

	@Test
	void itBeginsWithTheFifthChangeInTwentyRoundsAndIsToldOnce() {
		for (int i = 0; i < Flapping.CHANGES - 1; i++) {
			rounds(1, true);
			rounds(3, false);
		}
		assertThat(this.flapping.isFlapping()).isFalse();
		rounds(1, true);
		assertThat(this.flapping.isFlapping()).isTrue();
		rounds(8, true);
		assertThat(this.turns).isOne();
	}

	@Test
	void changesThatAreFarApartAreNone() {
		for (int i = 0; i < 20; i++) {
			rounds(1, true);
			rounds(4, false);
		}
		assertThat(this.turns).isZero();
	}

	@Test
	void itEndsWhenTwentyRoundsChangeNothing() {
		rounds(Flapping.CHANGES, true);
		rounds(Flapping.ROUNDS - 1, false);
		assertThat(this.flapping.isFlapping()).isTrue();
		rounds(1, false);
		assertThat(this.flapping.isFlapping()).isFalse();
		assertThat(this.turns).isEqualTo(2);
	}

}
