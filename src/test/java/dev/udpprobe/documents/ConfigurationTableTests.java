package dev.udpprobe.documents;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The table of keys in docs/configuration.md is the metadata that the build makes.
 */
class ConfigurationTableTests {

	private static final Path METADATA = Path.of("target/classes/META-INF/spring-configuration-metadata.json");

	/** A list whose elements have keys of their own. */
	private static final Pattern RECORDS = Pattern.compile("java\\.util\\.List<(dev\\.udpprobe\\..+Properties)>");

	@Test
	void namesEveryKeyOnceAndNoOther() throws IOException {
		assertThat(rows()).map(List::getFirst)
				.containsExactlyInAnyOrderElementsOf(
						keys().keySet().stream().map((key) -> "`" + key + "`").toList());
	}

	@Test
	void givesTheDefaultOfEveryKey() throws IOException {
		Map<String, String> defaults = keys();
		assertThat(rows()).allSatisfy((row) -> assertThat(MarkdownTable.codes(row.getLast())
				.collect(Collectors.joining()))
				.as(row.getFirst())
				.isEqualTo(defaults.get(row.getFirst().replace("`", ""))));
	}

	private static List<List<String>> rows() throws IOException {
		return MarkdownTable.under("Keys", Path.of("docs/configuration.md")).rows();
	}

	/**
	 * @return the default of each key; empty where the metadata has none
	 */
	private static Map<String, String> keys() {
		return JsonMapper.shared()
				.readTree(METADATA.toFile())
				.path("properties")
				.valueStream()
				.filter((property) -> property.path("name").asString().startsWith("udp-probe."))
				.flatMap(ConfigurationTableTests::keys)
				.collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
	}

	private static Stream<Map.Entry<String, String>> keys(JsonNode property) {
		String name = property.path("name").asString();
		Matcher records = RECORDS.matcher(property.path("type").asString());
		if (!records.matches()) {
			return Stream.of(Map.entry(name, defaultOf(property)));
		}
		return Stream.of(record(records.group(1)).getRecordComponents())
				.map((component) -> DataObjectPropertyName.toDashedForm(component.getName()))
				.map((component) -> Map.entry("%s[].%s".formatted(name, component), ""));
	}

	private static Class<?> record(String name) {
		try {
			return Class.forName(name);
		}
		catch (ClassNotFoundException ex) {
			throw new AssertionError(ex);
		}
	}

	/**
	 * The build writes a list as text in brackets.
	 */
	private static String defaultOf(JsonNode property) {
		String text = property.path("defaultValue").asString("");
		return property.path("type").asString().startsWith("java.util.List<")
				? text.replaceAll("^\\[|]$", "").replace(", ", ",")
				: text;
	}

}
