package dev.udpprobe.echo;

import java.util.Random;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SourceRatesTests {

	private static final long SECOND = 1_000_000_000;

	private final Random random = new Random(7);

	private final PeerAddress peer = new PeerAddress();

	private boolean takes(SourceRates rates, int address, long nanos) {
		this.peer.setIpv4(address, 4_000);
		return rates.take(this.peer, 10, nanos);
	}

	@Test
	void aFloodFromEverywhereDoesNotPushOutASourceThatHasHadItsShare() {
		SourceRates rates = new SourceRates(new RateLimit(100, 0));
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

	@Test
	void aFloodFromEverywhereIsAnsweredOnceEach() {
		SourceRates rates = new SourceRates(new RateLimit(1, 0));
		for (int i = 0; i < 1_000_000; i++) {
			assertThat(takes(rates, 0x0A000000 + i, 0)).isTrue();
		}
	}

	@Test
	void remembersNearlyAsManySourcesAsItHasPlaces() {
		SourceRates rates = new SourceRates(new RateLimit(1, 0));
		int sources = SourceRates.SLOTS / 4;
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
		SourceRates rates = new SourceRates(new RateLimit(2, 0));
		for (int i = 0; i < 10 * SourceRates.SLOTS; i++) {
			assertThat(takes(rates, i, 0)).isTrue();
			assertThat(takes(rates, i, 0)).isTrue();
			assertThat(takes(rates, i, 0)).isFalse();
		}
	}

	@Test
	void tellsFamiliesApart() {
		SourceRates rates = new SourceRates(new RateLimit(1, 0));
		assertThat(takes(rates, 0x0A000001, 0)).isTrue();
		this.peer.set(0, 0x0A000001, 4_000, 0);
		assertThat(rates.take(this.peer, 10, 0)).isTrue();
		this.peer.set(0x0A000001, 0, 4_000, 0);
		assertThat(rates.take(this.peer, 10, 0)).isTrue();
		assertThat(takes(rates, 0x0A000001, 0)).isFalse();
	}

}
