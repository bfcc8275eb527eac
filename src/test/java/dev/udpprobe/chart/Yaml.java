package dev.udpprobe.chart;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.StreamSupport;

import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * Reads YAML, and with it JSON, but no key twice: Kubernetes would take the last without a
 * word.
 */
final class Yaml {

	private Yaml() {}

	/**
	 * @return the documents that are not empty
	 */
	static List<Map<String, Object>> documents(String text) {
		return StreamSupport.stream(parser().loadAll(text).spliterator(), false)
				.filter(Objects::nonNull)
				.map(Yaml::mapping)
				.toList();
	}

	static Map<String, Object> file(Path path) throws IOException {
		try (Reader reader = Files.newBufferedReader(path)) {
			return mapping(parser().load(reader));
		}
	}

	/**
	 * @throws ClassCastException if it is not a mapping
	 */
	@SuppressWarnings("unchecked")
	static Map<String, Object> mapping(Object object) {
		return (Map<String, Object>) object;
	}

	private static org.yaml.snakeyaml.Yaml parser() {
		LoaderOptions options = new LoaderOptions();
		options.setAllowDuplicateKeys(false);
		return new org.yaml.snakeyaml.Yaml(new SafeConstructor(options));
	}

}
