package dev.udpprobe.chart;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;

/**
 * A part of the schema of the values, with references followed.
 */
record Schema(Map<String, Object> root, Map<String, Object> content) {

	static Schema ofValues() throws IOException {
		Map<String, Object> root = Yaml.file(Chart.DIRECTORY.resolve("values.schema.json"));
		return new Schema(root, root);
	}

	/**
	 * @return the keys that it allows, in order, with the schema of each
	 */
	Map<String, Schema> properties() {
		return parts("properties");
	}

	Schema at(String... keys) {
		Schema schema = this;
		for (String key : keys) {
			schema = Objects.requireNonNull(schema.properties().get(key), key);
		}
		return schema;
	}

	Schema items() {
		return part(Objects.requireNonNull(this.content.get("items")));
	}

	Map<String, Schema> definitions() {
		return parts("definitions");
	}

	boolean isObject() {
		return "object".equals(this.content.get("type")) || this.content.containsKey("properties");
	}

	/**
	 * Whether a key that it does not name is rejected, or has to be as another schema says.
	 */
	boolean isClosed() {
		Object additional = this.content.get("additionalProperties");
		return Boolean.FALSE.equals(additional) || additional instanceof Map;
	}

	/**
	 * Visits this schema and all below it, but not what references lead to.
	 */
	void walk(String path, BiConsumer<String, Schema> visitor) {
		visitor.accept(path, this);
		this.content.forEach((key, value) -> walk(path + "/" + key, value, visitor));
	}

	private void walk(String path, Object value, BiConsumer<String, Schema> visitor) {
		if (value instanceof Map) {
			new Schema(this.root, Yaml.mapping(value)).walk(path, visitor);
		}
		else if (value instanceof Iterable<?> items) {
			items.forEach((item) -> walk(path, item, visitor));
		}
	}

	private Map<String, Schema> parts(String keyword) {
		Map<String, Schema> parts = new LinkedHashMap<>();
		if (this.content.get(keyword) instanceof Map<?, ?> found) {
			found.forEach((key, value) -> parts.put(String.valueOf(key), part(value)));
		}
		return parts;
	}

	private Schema part(Object value) {
		Map<String, Object> part = Yaml.mapping(value);
		String prefix = "#/definitions/";
		if (part.get("$ref") instanceof String reference && reference.startsWith(prefix)) {
			return Objects.requireNonNull(new Schema(this.root, this.root).definitions()
					.get(reference.substring(prefix.length())), reference);
		}
		return new Schema(this.root, part);
	}

}
