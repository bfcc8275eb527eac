package dev.udpprobe.documents;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import dev.udpprobe.web.Http;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The tables of fields in docs/http.md have those of the OpenAPI document.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT, properties = "udp-probe.echo.port=0")
class FieldsTableTests {

	private static final Map<String, String> SCHEMAS = Map.of("Send", "/send", "PingRequest", "/ping", "TraceRequest",
			"/trace", "MtuRequest",
			"/mtu");

	@LocalServerPort
	int port;

	/** By "/path field", what the field takes there; in the body, if it takes it there too. */
	private final Map<String, JsonNode> described = new LinkedHashMap<>();

	@BeforeEach
	void readDescription() throws Exception {
		JsonNode openApi = JsonMapper.shared().readTree(new Http(this.port).get("/v3/api-docs").bytes());
		SCHEMAS.forEach((schema, path) -> openApi.path("components").path("schemas").path(schema).path("properties")
				.properties()
				.forEach((property) -> this.described.put(path + " " + property.getKey(), property.getValue())));
		openApi.path("paths").properties().forEach((path) -> path.getValue().forEach((operation) -> operation
				.path("parameters").valueStream()
				.filter((parameter) -> parameter.path("in").asString().equals("query"))
				.forEach((parameter) -> this.described.putIfAbsent(
						path.getKey() + " " + parameter.path("name").asString(), parameter.path("schema")))));
	}

	@Test
	void namesEveryFieldOfEveryRequest() throws IOException {
		assertThat(rows().stream().flatMap((row) -> MarkdownTable.codes(row.get(1)).map((path) -> key(path, row))))
				.contains("/send message", "/send/lines ttl", "/peers limit")
				.containsExactlyInAnyOrderElementsOf(this.described.keySet());
	}

	@ParameterizedTest
	@CsvSource({"Targets, Target", "One target, TargetWithHistory"})
	void namesEveryFieldOfAnAnswer(String heading, String schema) throws Exception {
		JsonNode openApi = JsonMapper.shared().readTree(new Http(this.port).get("/v3/api-docs").bytes());
		assertThat(MarkdownTable.under(heading, Path.of("docs/http.md")).rows().stream()
				.flatMap((row) -> MarkdownTable.codes(row.getFirst()))).containsExactlyInAnyOrderElementsOf(
						openApi.at("/components/schemas/" + schema + "/properties").propertyNames());
	}

	@Test
	void givesTheRangesAndTheDefaults() throws IOException {
		assertThat(rows()).allSatisfy((row) -> assertThat(MarkdownTable.codes(row.get(1)))
				.allSatisfy((path) -> fits(row, this.described.getOrDefault(key(path, row),
						JsonMapper.shared().nullNode()))));
	}

	private static void fits(List<String> row, JsonNode field) {
		if (field.has("minimum")) {
			assertThat(row.get(2)).contains("%d to %d".formatted(field.path("minimum").asInt(),
					field.path("maximum").asInt()));
		}
		field.path("enum").forEach((value) -> assertThat(row.get(2)).contains("`" + value.asString() + "`"));
		if (field.has("default")) {
			assertThat(row.get(3)).contains("`" + field.path("default").asString() + "`");
		}
		else {
			assertThat(row.get(3)).doesNotMatch("`\\w+`");
		}
	}

	private static String key(String path, List<String> row) {
		return path + " " + MarkdownTable.codes(row.getFirst()).findFirst().orElse("");
	}

	private static List<List<String>> rows() throws IOException {
		return MarkdownTable.under("All fields", Path.of("docs/http.md")).rows();
	}

}
