package dev.udpprobe.net;

import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

class RatesTests {

	private static final long SECOND = 1_000_000_000;

	private final Random random = new Random(7);

	private static Rates rates(int datagramsPerSecond) {
		return new Rates(new RateLimit(datagramsPerSecond, 0), Rates.Newcomer.STARTS_ANEW);
	}

	private static boolean takes(Rates rates, int key, long nanos) {
		return rates.take(key, 10, nanos);
	}

	@Test
	void aFloodFromEverywhereDoesNotPushOutASourceThatHasHadItsShare() {
		Rates rates = rates(100);
		int hammered = 0x0A000001;
		for (int i = 0; i < 100; i++) {
			assertThat(takes(rates, hammered, 0)).isTrue();
		}
		for (int i = 0; i < 1_000_000; i++) {
			takes(rates, this.random.nextInt(), 0);
		}
		assertThat(takes(rates, hammered, 0)).isFalse();
		assertThat(takes(rates, hammered, SECOND)).isTrue();
	}

	@ParameterizedTest
	@EnumSource
	void askingTakesNothing(Rates.Newcomer newcomer) {
		Rates rates = new Rates(new RateLimit(1, 0), newcomer);
		assertThat(rates.allows(7, 10, 0)).isTrue();
		assertThat(rates.allows(7, 10, 0)).isTrue();
		assertThat(takes(rates, 7, 0)).isTrue();
		assertThat(rates.allows(7, 10, 0)).isFalse();
		assertThat(takes(rates, 7, 0)).isFalse();
		assertThat(rates.allows(8, 10, 0)).isTrue();
		assertThat(rates.allows(7, 10, SECOND)).isTrue();
	}

	@Test
	void aFloodFromEverywhereIsAnsweredOnceEach() {
		Rates rates = rates(1);
		for (int i = 0; i < 1_000_000; i++) {
			assertThat(takes(rates, 0x0A000000 + i, 0)).isTrue();
		}
	}

	@Test
	void remembersNearlyAsManySourcesAsItHasPlaces() {
		Rates rates = rates(1);
		int sources = Rates.SLOTS / 4;
		int first = this.random.nextInt();
		for (int i = 0; i < sources; i++) {
			takes(rates, first + i, 0);
		}
		int refused = 0;
		for (int i = 0; i < sources; i++) {
			refused += takes(rates, first + i, 0) ? 0 : 1;
		}
		assertThat(refused).as("sets of four, with one source each on average: few have more than four")
				.isGreaterThan(sources * 95 / 100);
	}

	@Test
	void aSourceThatTakesAPlaceOverOwesNothing() {
		Rates rates = rates(2);
		for (int i = 0; i < 10 * Rates.SLOTS; i++) {
			assertThat(takes(rates, i, 0)).isTrue();
			assertThat(takes(rates, i, 0)).isTrue();
			assertThat(takes(rates, i, 0)).isFalse();
		}
	}

}
