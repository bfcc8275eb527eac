package dev.udpprobe.web;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import dev.udpprobe.testing.ExternalTool;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The OpenAPI document tells all there is to tell of each operation, and its examples are of what it describes.
 */
class OpenApiTests extends HttpTests {

	private static final String PROBLEM = "application/problem+json";

	private static final String LINES = "application/x-ndjson";

	/** Prometheus demands it. */
	private static final String JSON_ALONE = "get /discovery/targets";

	private JsonNode document = JsonMapper.shared().nullNode();

	/** One of the bodies that an operation takes or answers with. */
	private record Content(String at, String type, JsonNode told) {

		Stream<JsonNode> examples() {
			return Stream.concat(this.told.path("examples").valueStream().map((example) -> example.path("value")),
					Stream.of(this.told.path("example"), this.told.at("/schema/example"))
							.filter((example) -> !example.isMissingNode()));
		}

	}

	@BeforeEach
	void read() throws Exception {
		this.document = JsonMapper.shared().readTree(this.http.get("/v3/api-docs").bytes());
	}

	@Test
	void theServiceIsIntroduced() {
		JsonNode info = this.document.path("info");
		assertThat(info.path("title").asString()).isEqualTo("udp-probe");
		assertThat(info.path("version").asString()).matches("\\d+\\.\\d+\\..*");
		assertThat(info.path("description").asString()).contains("datagrams");
		assertThat(info.at("/license/name").asString()).isEqualTo("Apache-2.0");
		assertThat(this.document.at("/servers/0/url").asString()).isEqualTo("/");
	}

	@Test
	void everyOperationHasASummaryAndOneOfTheTags() {
		List<String> tags = this.document.path("tags").valueStream().map((tag) -> tag.path("name").asString()).toList();
		assertThat(this.document.path("tags"))
				.allSatisfy((tag) -> assertThat(tag.path("description").asString()).isNotEmpty());
		assertThat(operations()).hasSizeGreaterThan(6).allSatisfy((name, operation) -> {
			assertThat(operation.path("summary").asString("")).as(name).isNotEmpty();
			assertThat(operation.path("tags").valueStream().map(JsonNode::asString)).as(name).hasSize(1)
					.isSubsetOf(tags);
		});
	}

	@Test
	void everyResponseHasADescriptionAndExamples() {
		assertThat(operations()).allSatisfy((name, operation) -> {
			assertThat(operation.path("responses").propertyNames()).as(name).contains("200", "401", "403", "421",
					"429");
			assertThat(operation.path("responses")).allSatisfy((response) -> {
				assertThat(response.path("description").asString("")).as(name).isNotEmpty();
				assertThat(response.path("content").propertyNames()).as(name)
						.containsAnyElementsOf(
								name.equals(JSON_ALONE) ? List.of(Http.JSON, Http.TEXT) : List.of(Http.TEXT));
			});
		});
		assertThat(responses()).filteredOn((content) -> !content.type().equals(Http.BYTES))
				.allSatisfy((content) -> assertThat(content.examples()).as(content.at()).isNotEmpty());
	}

	@Test
	void withoutAccountsNoneIsAskedFor() {
		assertThat(operations())
				.allSatisfy((name, operation) -> assertThat(operation.has("security")).as(name).isFalse());
		assertThat(this.document.path("components").has("securitySchemes")).isFalse();
	}

	@Test
	void examplesAreOfTheirSchema() {
		List<Content> contents = Stream.concat(responses().stream(), requests()).toList();
		assertThat(contents).extracting(Content::type).contains(Http.JSON, LINES, PROBLEM);
		for (Content content : contents) {
			JsonNode schema = content.told().path("schema");
			content.examples().forEach((example) -> {
				if (content.type().equals(LINES)) {
					example.asString().lines()
							.forEach((line) -> assertOneOf(JsonMapper.shared().readTree(line), schema, content.at()));
				}
				else {
					assertOf(example, schema, content.at());
				}
			});
		}
		this.document.at("/components/schemas").propertyStream().forEach((schema) -> {
			if (schema.getValue().has("example")) {
				assertOf(schema.getValue().path("example"), schema.getValue(), schema.getKey());
			}
		});
	}

	@Test
	void examplesOfProblemsFitTheirResponse() {
		assertThat(responses()).filteredOn((content) -> content.type().equals(PROBLEM)).isNotEmpty()
				.allSatisfy((content) -> {
					assertThat(content.told().at("/schema/$ref").asString()).isEqualTo("#/components/schemas/Problem");
					assertThat(content.examples()).as(content.at()).allSatisfy((problem) -> {
						assertThat(content.at().replace("{id}", "17").replace("{name}", "echo")).endsWith(
								" " + problem.path("instance").asString() + " " + problem.path("status").asString());
						assertThat(problem.path("outcome").asString(problem.path("title").asString()))
								.isEqualTo(problem.path("title").asString());
					});
				});
	}

	/**
	 * In the same order, but for fields that only some answers have.
	 */
	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			/send  | 200 | replied          | message=hello
			/send  | 400 | bad-field        | message=hello&timeout=500
			/send  | 403 | forbidden-target | message=hello&target=192.0.2.1:53
			/send  | 502 | refused          | message=hello&target=closed
			/send  | 502 | not-sent         | message=hello&source=192.0.2.1
			/send  | 502 | unresolved       | message=hello&target=x.invalid:53
			/send  | 504 | timed-out        | message=hello&target=silent&timeout=20ms
			/ping  | 502 | unresolved       | target=x.invalid:53
			/trace | 502 | unresolved       | target=x.invalid:53
			/mtu   | 200 | length           | timeout=250ms
			/mtu   | 504 | no-answer        | target=silent&timeout=20ms&tries=1
			""")
	void realAnswersHaveTheFieldsOfTheirExample(String path, int status, String name, String form) throws Exception {
		ExternalTool.requireKernelDetail();
		Http.Answer answer = this.http.post(path, Http.FORM, form);
		assertThat(answer.status()).as(answer.text()).isEqualTo(status);
		JsonNode example = this.document.path("paths").path(path).path("post")
				.path("responses")
				.path(String.valueOf(status))
				.path("content")
				.path(answer.header("Content-Type"))
				.path("examples")
				.path(name)
				.path("value");
		assertThat(example.propertyNames()).containsSubsequence(answer.json().keySet());
	}

	private void assertOneOf(JsonNode value, JsonNode schema, String at) {
		assertThat(schema.path("oneOf")).as(at).anySatisfy((one) -> assertOf(value, one, at));
	}

	private void assertOf(JsonNode value, JsonNode schema, String at) {
		if (schema.has("$ref")) {
			assertOf(value, this.document.at(schema.path("$ref").asString().substring(1)), at);
			return;
		}
		JsonNode types = schema.path("type");
		if (value.isNull()) {
			assertThat(types).as(at).anyMatch((type) -> type.asString().equals("null"));
			return;
		}
		String type = types.isArray() ? types.path(0).asString() : types.asString("");
		switch (type) {
			case "object" -> {
				assertThat(value.isObject()).as(at).isTrue();
				JsonNode others = schema.path("additionalProperties");
				JsonNode properties = schema.path("properties");
				if (!others.isObject()) {
					assertThat(properties.propertyNames()).as(at).containsAll(value.propertyNames());
				}
				value.propertyStream().forEach((property) -> assertOf(property.getValue(),
						properties.has(property.getKey()) ? properties.path(property.getKey()) : others,
						at + " " + property.getKey()));
			}
			case "array" -> {
				assertThat(value.isArray()).as(at).isTrue();
				value.forEach((item) -> assertOf(item, schema.path("items"), at));
			}
			case "string" -> assertThat(value.isString()).as(at).isTrue();
			case "integer" -> assertThat(value.isIntegralNumber()).as(at).isTrue();
			case "number" -> assertThat(value.isNumber()).as(at).isTrue();
			case "boolean" -> assertThat(value.isBoolean()).as(at).isTrue();
			default -> throw new AssertionError(at + " has no type: " + schema);
		}
		if (schema.has("enum")) {
			assertThat(schema.path("enum")).as(at).contains(value);
		}
	}

	private Map<String, JsonNode> operations() {
		return this.document.path("paths")
				.propertyStream()
				.flatMap((path) -> path.getValue().propertyStream().map(
						(method) -> Map.entry(method.getKey() + " " + path.getKey(), method.getValue())))
				.collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
	}

	private List<Content> responses() {
		return operations().entrySet()
				.stream()
				.flatMap((operation) -> operation.getValue().path("responses").propertyStream().flatMap(
						(response) -> contents(operation.getKey() + " " + response.getKey(), response.getValue())))
				.toList();
	}

	private Stream<Content> requests() {
		return operations().entrySet()
				.stream()
				.flatMap((operation) -> contents(operation.getKey(), operation.getValue().path("requestBody")));
	}

	private static Stream<Content> contents(String at, JsonNode owner) {
		return owner.path("content").propertyStream()
				.map((content) -> new Content(at, content.getKey(), content.getValue()));
	}

}
