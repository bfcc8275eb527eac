package dev.udpprobe.chart;

import java.util.List;
import java.util.Map;

import com.jayway.jsonpath.Configuration;
import com.jayway.jsonpath.JsonPath;
import com.jayway.jsonpath.Option;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An object for Kubernetes. Its parts are found by JSONPath.
 */
public record Manifest(Map<String, Object> content) {

	private static final Configuration LENIENT = Configuration.builder()
			.options(Option.ALWAYS_RETURN_LIST, Option.SUPPRESS_EXCEPTIONS)
			.build();

	String kind() {
		return text("$.kind");
	}

	String name() {
		return text("$.metadata.name");
	}

	/**
	 * @return what is there; nothing where there is no such part
	 */
	List<Object> all(String path) {
		return JsonPath.using(LENIENT).parse(this.content).read(path);
	}

	/**
	 * @return the part of which there is exactly one
	 */
	Object one(String path) {
		List<Object> found = all(path);
		assertThat(found)
				.as(() -> "%s of %s %s".formatted(path, this.content.get("kind"), this.content.get("metadata")))
				.hasSize(1);
		return found.getFirst();
	}

	public String text(String path) {
		return String.valueOf(one(path));
	}

	Map<String, Object> mapping(String path) {
		return Yaml.mapping(one(path));
	}

	@Override
	public String toString() {
		return kind() + " " + name();
	}

}
