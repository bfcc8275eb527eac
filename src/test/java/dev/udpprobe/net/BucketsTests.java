package dev.udpprobe.net;

import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class BucketsTests {

	private static final long SECOND = 1_000_000_000;

	/** As late as it can be: 146 years after the start, with all of the numbers in use. */
	private static final long LATE = Long.MAX_VALUE / 2;

	private static long taken(Buckets buckets, int bytes, int times, long nanos) {
		long taken = 0;
		for (int i = 0; i < times; i++) {
			if (buckets.allows(0, bytes, nanos)) {
				buckets.take(0, bytes, nanos);
				taken++;
			}
		}
		return taken;
	}

	@ParameterizedTest
	@CsvSource({"1", "3", "7", "1000", "20000", "999999", "10000000"})
	void holdASecondsDatagramsAndFillAsFast(int perSecond) {
		for (long start : new long[]{0, SECOND, LATE}) {
			Buckets buckets = new Buckets(new RateLimit(perSecond, 0), 1);
			assertThat(taken(buckets, 1_500, perSecond + 10, start)).isEqualTo(perSecond);
			long afterHalf = taken(buckets, 1_500, perSecond, start + SECOND / 2);
			assertThat(afterHalf).isBetween(perSecond * 49L / 100, perSecond / 2L);
		}
	}

	@ParameterizedTest
	@CsvSource({"1000,100,10", "1000,1000,1", "1000,1001,1", "1,65507,1", "26214400,1500,17476",
			"10737418240,65507,163907"})
	void holdASecondsBytesOrOneDatagram(long perSecond, int bytes, int datagrams) {
		for (long start : new long[]{0, SECOND, LATE}) {
			Buckets buckets = new Buckets(new RateLimit(0, perSecond), 1);
			assertThat(taken(buckets, bytes, datagrams + 10, start)).isEqualTo(datagrams);
		}
	}

	@Test
	void theLongestReplyAtTheLowestRateOverflowsNothing() {
		Buckets buckets = new Buckets(new RateLimit(1, 1), 1);
		int longest = PayloadLimits.BUFFER + 1_024;
		assertThat(taken(buckets, longest, 2, LATE)).isEqualTo(1);
		assertThat(buckets.fullAt(0)).isEqualTo(LATE + longest * SECOND);
		assertThat(taken(buckets, 1, 1, LATE + longest * SECOND - 1)).isZero();
		assertThat(taken(buckets, 1, 1, LATE + longest * SECOND)).isEqualTo(1);
	}

	@Test
	void neitherDatagramsNorBytesExceedTheirLimit() {
		Buckets buckets = new Buckets(new RateLimit(10, 1_000), 1);
		assertThat(taken(buckets, 10, 100, 0)).as("datagrams").isEqualTo(10);
		assertThat(taken(buckets, 200, 100, 10 * SECOND)).as("bytes").isEqualTo(5);
	}

	@Test
	void overALongTimeTheRateIsTheLimit() {
		Buckets buckets = new Buckets(new RateLimit(1_000, 0), 1);
		long taken = 0;
		for (long nanos = 0; nanos < TimeUnit.SECONDS.toNanos(60); nanos += 100_000) {
			taken += taken(buckets, 10, 1, nanos);
		}
		assertThat(taken).isBetween(60_990L, 61_000L);
	}

	@Test
	void noLimitIsNone() {
		Buckets buckets = new Buckets(RateLimit.NONE, 1);
		assertThat(taken(buckets, 65_507, 1_000_000, LATE)).isEqualTo(1_000_000);
	}

	@ParameterizedTest
	@CsvSource({"0,0", "1000,0", "0,1000", "1000,1000"})
	void aTimeBeforeTheLastDoesNoHarm(int datagrams, long bytes) {
		Buckets buckets = new Buckets(new RateLimit(datagrams, bytes), 1);
		assertThat(taken(buckets, 1, 10, SECOND)).isEqualTo(10);
		assertThat(taken(buckets, 1, 10, SECOND - 1_000_000)).isEqualTo(10);
	}

	@ParameterizedTest
	@CsvSource({"-1,0", "10000001,0", "0,-1", "0,10737418241"})
	void aRateThatCannotBeCountedIsNone(int datagrams, long bytes) {
		assertThatIllegalArgumentException().isThrownBy(() -> new RateLimit(datagrams, bytes));
	}

}
