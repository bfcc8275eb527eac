package dev.udpprobe.net;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class PortRangeTests {

	@ParameterizedTest
	@CsvSource({"1, 1, 1", "65535, 65535, 65535", "7-9, 7, 9", "1-65535, 1, 65535", "7-7, 7, 7"})
	void isAPortOrTheFirstAndTheLast(String text, int first, int last) {
		assertThat(PortRange.of(text)).isEqualTo(new PortRange(first, last));
	}

	@ParameterizedTest
	@ValueSource(strings = {"", "0", "65536", "echo", "-7", "7-", "9-7", "0-7", "7-65536", "7-8-9", "7 - 9", "+7"})
	void isNothingElse(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> PortRange.of(text))
				.withMessageContaining("1 to 65535");
	}

}
