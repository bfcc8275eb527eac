package dev.udpprobe.web;

import java.time.Duration;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class TimeTextTests {

	@ParameterizedTest
	@CsvSource({"PT0S, 0s", "PT0.1S, 100ms", "PT10S, 10s", "PT90S, 1m30s", "PT24H, 1d", "PT1H0.5S, 1h500ms"})
	void anIntervalIsADurationOfPrometheus(Duration interval, String text) {
		assertThat(TimeText.of(interval)).isEqualTo(text);
	}

	@ParameterizedTest
	@CsvSource({"PT-5S, 0s", "PT0.9S, 0s", "PT59.9S, 59s", "PT187S, 3m7s", "PT3H12M59S, 3h12m", "PT3H59S, 3h",
			"PT52H30M, 2d4h", "P400D, 400d"})
	void anAgeIsOfTwoUnitsAtTheMost(Duration time, String text) {
		assertThat(TimeText.age(time)).isEqualTo(text);
	}

}
