package dev.udpprobe.auth;

import java.util.Random;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SeenTagsTests {

	private final SeenTags seen = new SeenTags();

	@Test
	void whatIsNewIsNeverTakenForSeen() {
		Random random = new Random(1);
		for (int i = 0; i < 2_000_000; i++) {
			assertThat(this.seen.add(random.nextLong(), random.nextLong())).isTrue();
		}
	}

	@Test
	void aTagIsForgottenWhenEightOthersHaveComeToItsPlace() {
		for (int other = 1; other <= 7; other++) {
			this.seen.add(1, 5);
			assertThat(this.seen.add(1 + other, 5)).isTrue();
			assertThat(this.seen.add(1, 5)).isFalse();
		}
		assertThat(this.seen.add(9, 5)).isTrue();
		assertThat(this.seen.add(1, 5)).isTrue();
	}

	@Test
	void otherPlacesTakeNothingFromIt() {
		assertThat(this.seen.add(1, 5)).isTrue();
		for (long low = 0; low < SeenTags.SLOTS; low++) {
			for (long high = 2; high < 12 && low != 5; high++) {
				assertThat(this.seen.add(high, low)).isTrue();
			}
		}
		assertThat(this.seen.add(1, 5)).isFalse();
	}

	/** At 1,000 a second for the 30 s that a datagram is fresh: 1 in 100,000 is forgotten. */
	@Test
	void fewAreForgottenWhileTheyAreFresh() {
		Random random = new Random(2);
		long[] tags = random.longs(2 * 30_000).toArray();
		for (int i = 0; i < tags.length; i += 2) {
			this.seen.add(tags[i], tags[i + 1]);
		}
		int forgotten = 0;
		for (int i = 0; i < tags.length; i += 2) {
			forgotten += this.seen.add(tags[i], tags[i + 1]) ? 1 : 0;
		}
		assertThat(forgotten).isLessThanOrEqualTo(1);
	}

}
