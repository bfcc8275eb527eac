package dev.udpprobe.module;

import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Which values a setting takes.
 */
class SettingTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', value = {"text|anything at all", "text|``", "1..5|1", "1..5|5",
			"-5..-1|-3", "0..65507|0",
			"on, off|on", "'a b', c|a b", "/^[a-z]+$/|abc", "list of A, B|A", "list of A, B|B , A",
			"list of 200..699|200..299,404",
			"list of /^[A-Z]+$/, 0..9|NOERROR,3", "pattern|^a+$", "pattern|``", "list of 1..9|01"})
	void aValueIsTaken(String takes, @Nullable String given) {
		String value = (given != null) ? given : "";
		Specs.of("send", "00", "settings.a", value, "settings.a.takes", takes).module().request(Map.of(),
				Map.of("a", value), null);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', value = {"1..5|0|'0' is not 1..5", "1..5| |'' is not 1..5",
			"1..5|` 3`|' 3' is not 1..5", "1..5|1..2|'1..2' is not 1..5",
			"on, off|On|'On' is not on, off", "list of A, B|A,|'A,' is not a list of A, B",
			"list of A, B|A,C|'A,C' is not a list of A, B",
			"list of 200..699|299..200|'299..200' is not a list of 200..699",
			"list of 200..699|100..299|'100..299' is not a list of 200..699",
			"pattern|(a|the pattern is none of RE2: missing closing )",
			"pattern|((a{1000}){1000}){1000}|the pattern is too long, or repeats too much"})
	void aValueIsNotTaken(String takes, @Nullable String given, String message) {
		String value = (given != null) ? given : "";
		ProbeModule module = Specs.of("send", "00", "settings.a.takes", takes, "settings.b", "").module();
		assertThatThrownBy(() -> module.request(Map.of(), Map.of("a", value), null))
				.isInstanceOfSatisfying(BadSettingException.class, (ex) -> assertThat(ex.setting()).isEqualTo("a"))
				.hasMessage(message);
		assertThatThrownBy(() -> module.checkConfigured(Map.of("a", value))).isInstanceOf(BadSettingException.class);
	}

}
