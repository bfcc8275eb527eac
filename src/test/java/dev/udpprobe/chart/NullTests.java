package dev.udpprobe.chart;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Helm takes a default away where a value is null. What the templates cannot do without, the
 * schema requires.
 */
class NullTests {

	private static final String[] EVERYTHING = {"--set", """
			networkPolicy.enabled=true,podDisruptionBudget.enabled=true,autoscaling.enabled=true,\
			monitoring.monitor=service,monitoring.rules.enabled=true,monitoring.dashboard.enabled=true"""};

	@ParameterizedTest
	@MethodSource("keys")
	void aKeyThatIsNullIsRejectedOrMakesWhatTheApiTakes(String key) {
		String[] arguments = Stream.concat(Stream.of(EVERYTHING), Stream.of("--set", key + "=null"))
				.toArray(String[]::new);
		Chart.Outcome outcome = Chart.template(arguments);
		if (outcome.exitCode() == 0) {
			assertThat(Yaml.documents(outcome.output()).stream().map(Manifest::new).map(StrictApi::read).toList())
					.isNotEmpty();
		}
		else {
			assertThat(outcome.error()).containsAnyOf("specifications of the schema", "execution error at");
		}
	}

	static List<String> keys() throws IOException {
		List<String> keys = new ArrayList<>();
		Yaml.file(Chart.DIRECTORY.resolve("values.yaml")).forEach((key, value) -> {
			keys.add(key);
			if (value instanceof Map) {
				Yaml.mapping(value).keySet().forEach((below) -> keys.add(key + "." + below));
			}
		});
		return keys;
	}

}
