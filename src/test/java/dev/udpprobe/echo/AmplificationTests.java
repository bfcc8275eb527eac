package dev.udpprobe.echo;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class AmplificationTests {

	@ParameterizedTest
	@ValueSource(ints = {0, 1, 4})
	void aShortGreetingNeedsNoWarning(int greetingLength) {
		assertThat(Amplification.warning(greetingLength)).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(ints = {5, 100, 1_024})
	void aLongerOneIsWarnedOfWithItsFactor(int greetingLength) {
		assertThat(Amplification.warning(greetingLength).orElseThrow()).contains("a packet of 28 bytes",
				"answered by one of %,d (%.1f times".formatted(28 + greetingLength, (28 + greetingLength) / 28.0),
				"udp-probe.echo.greeting");
	}

}
