package dev.udpprobe.outcome;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class RoundTripTests {

	@ParameterizedTest
	@CsvSource({"1000,1300,500,300", "1000,1500,500,500", "1000,1000,500,0", "1000,1001,1,1"})
	void isTheKernelsWhereItsTimesFit(long sent, long arrived, long jvm, long nanos) {
		RoundTrip roundTrip = RoundTrip.of(sent, arrived, jvm);
		assertThat(roundTrip).isEqualTo(new RoundTrip(nanos, RoundTrip.Clock.KERNEL, jvm));
		assertThat(roundTrip.overheadNanos()).isEqualTo(jvm - nanos);
	}

	@ParameterizedTest
	@CsvSource(textBlock = """
			# no time of leaving, of arrival, of either
			0,    300,  500
			1000, 0,    500
			0,    0,    500
			# the clock was set back or ahead meanwhile
			1000, 999,  500
			1000, 1501, 500
			""")
	void isTheJvmsWhereTheKernelsTimesAreMissingOrDoNotFit(long sent, long arrived, long jvm) {
		RoundTrip roundTrip = RoundTrip.of(sent, arrived, jvm);
		assertThat(roundTrip).isEqualTo(RoundTrip.jvm(jvm))
				.isEqualTo(new RoundTrip(jvm, RoundTrip.Clock.JVM, jvm));
		assertThat(roundTrip.overheadNanos()).isZero();
	}

	@Test
	void clocksHaveLabels() {
		assertThat(RoundTrip.Clock.values()).extracting(RoundTrip.Clock::label).containsExactly("kernel", "jvm");
	}

}
