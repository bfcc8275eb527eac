package dev.udpprobe.chart;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;

import dev.udpprobe.echo.EchoMode;
import dev.udpprobe.module.ModuleSpec;
import dev.udpprobe.server.Transport;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The chart takes the application's own configuration, neither more nor less.
 */
class ConfigurationKeysTests {

	private static final String PREFIX = "udp-probe.";

	@Test
	void theSchemaHasEveryKeyOfTheApplicationWithItsType() throws IOException {
		Map<String, String> ofSchema = new TreeMap<>();
		collect("", Schema.ofValues().at("config"), ofSchema);
		assertThat(ofSchema).isEqualTo(properties().values()
				.stream()
				.collect(Collectors.toMap((property) -> key(property), (property) -> type(property))));
	}

	private static void collect(String prefix, Schema group, Map<String, String> types) {
		group.properties().forEach((key, schema) -> {
			if (schema.properties().isEmpty()) {
				types.put(prefix + key, type(schema));
			}
			else {
				collect(prefix + key + ".", schema, types);
			}
		});
	}

	@Test
	void theSchemaHasEveryKeyOfATarget() throws IOException, ClassNotFoundException {
		Class<?> target = Class.forName("dev.udpprobe.config.TargetProperties");
		assertThat(Schema.ofValues().at("config", "targets").items().properties()).containsOnlyKeys(
				Stream.of(target.getRecordComponents()).map(RecordComponent::getName).toList());
	}

	@Test
	void theSchemaHasEveryKeyOfAModule() throws IOException {
		Schema module = Objects.requireNonNull(Schema.ofValues().definitions().get("module"));
		assertThat(module.properties()).containsOnlyKeys(keys(ModuleSpec.class));
		assertThat(module.at("follow-up").properties()).containsOnlyKeys(keys(ModuleSpec.FollowUpSpec.class));
		assertThat(module.at("socket").properties()).containsOnlyKeys(keys(ModuleSpec.SocketSpec.class));
	}

	private static List<String> keys(Class<?> type) {
		return Stream.of(type.getRecordComponents())
				.map((component) -> DataObjectPropertyName.toDashedForm(component.getName()))
				.toList();
	}

	@Test
	void theSchemaHasEveryModeOfTheEchoServer() throws IOException {
		assertThat(Schema.ofValues().at("config", "echo", "mode").content().get("enum"))
				.isEqualTo(Stream.of(EchoMode.values()).map((mode) -> mode.name().toLowerCase(Locale.ROOT))
						.toList());
	}

	@Test
	void theSchemaHasEveryTransportOfTheEchoServer() throws IOException {
		assertThat(Schema.ofValues().at("config", "echo", "transport").content().get("enum"))
				.isEqualTo(
						Stream.of(Transport.values()).map((transport) -> transport.name().toLowerCase(Locale.ROOT))
								.toList());
	}

	@Test
	void thePortIsTheApplicationsDefault() throws IOException {
		Manifest values = new Manifest(Yaml.file(Chart.DIRECTORY.resolve("values.yaml")));
		assertThat(values.one("$.config.echo.port")).isEqualTo(defaultValue("echo.port"));
		assertThat(values.mapping("$.config")).containsOnlyKeys("echo", "http");
	}

	@Test
	void theTestOfTheChartExpectsTheApplicationsDefaultGreeting() throws IOException {
		assertThat(
				Chart.render().one("Pod", "test-exchange").one("$.spec.containers[0].env[?(@.name=='GREETING')].value"))
				.isEqualTo(defaultValue("echo.greeting"));
	}

	private static Object defaultValue(String key) throws IOException {
		return Objects.requireNonNull(Objects.requireNonNull(properties().get(key), key).get("defaultValue"), key);
	}

	private static Map<String, Map<String, Object>> properties() throws IOException {
		Object all = Yaml.file(Path.of("target", "classes", "META-INF", "spring-configuration-metadata.json"))
				.get("properties");
		return ((List<?>) Objects.requireNonNull(all)).stream()
				.map(Yaml::mapping)
				.filter((property) -> String.valueOf(property.get("name")).startsWith(PREFIX))
				.collect(Collectors.toMap(ConfigurationKeysTests::key, (property) -> property));
	}

	private static String key(Map<String, Object> property) {
		return String.valueOf(property.get("name")).substring(PREFIX.length());
	}

	private static String type(Map<String, Object> property) {
		String type = String.valueOf(property.get("type"));
		return switch (type) {
			case "java.lang.Boolean" -> "boolean";
			case "java.lang.Integer" -> "integer";
			case "java.lang.String", "dev.udpprobe.auth.SharedKey" -> "string";
			case "java.time.Duration" -> "duration";
			case "org.springframework.util.unit.DataSize" -> "size";
			default ->
				type.startsWith("java.util.List<") ? "array" : type.startsWith("java.util.Map<") ? "object" : "enum";
		};
	}

	private static String type(Schema schema) {
		String pattern = String.valueOf(schema.content().get("pattern"));
		if (pattern.contains("ms")) {
			return "duration";
		}
		if (schema.content().containsKey("enum")) {
			return "enum";
		}
		Object alternatives = schema.content().get("anyOf");
		if (alternatives != null) {
			return alternatives.toString().contains("array") ? "array" : "size";
		}
		return String.valueOf(schema.content().get("type"));
	}

}
