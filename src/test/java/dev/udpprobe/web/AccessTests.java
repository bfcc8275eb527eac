package dev.udpprobe.web;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.ResponseEntity;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import dev.udpprobe.access.Right;
import dev.udpprobe.web.Http.Answer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who may do what where there are accounts.
 */
class AccessTests extends AccountTests {

	@Autowired
	RequestMappingHandlerMapping requestMappingHandlerMapping;

	@Autowired
	HandlerRights rights;

	@Test
	void everyHandlerSaysWhichRightItTakes() {
		Map<HandlerMethod, Right> rights = new HashMap<>();
		List<HandlerMethod> handlers = this.requestMappingHandlerMapping.getHandlerMethods().values().stream()
				.filter((handler) -> handler.getBeanType().getPackage().equals(HandlerRights.class.getPackage()))
				.toList();
		handlers.forEach((handler) -> rights.put(handler, HandlerRights.declared(handler)));
		assertThat(handlers).hasSizeGreaterThan(20).allMatch(
				(handler) -> (rights.get(handler) != null) != handler.hasMethodAnnotation(Open.class));
		assertThat(handlers.stream().filter((handler) -> handler.hasMethodAnnotation(Open.class))
				.map((handler) -> handler.getMethod().getName()))
				.containsExactlyInAnyOrder("file", "healthy", "form", "signIn", "signOut");
	}

	@Test
	void aHandlerOfAnotherPackageTakesTheRightToManage() throws Exception {
		RequestMappingInfo path = RequestMappingInfo.paths("/of-others")
				.options(this.requestMappingHandlerMapping.getBuilderConfiguration()).build();
		this.requestMappingHandlerMapping.registerMapping(path, ResponseEntity.noContent(),
				ResponseEntity.HeadersBuilder.class.getMethod("build"));
		try {
			this.rights.afterSingletonsInstantiated();
			for (Right right : Right.values()) {
				assertThat(get("/of-others", bearer(right.label())).status()).as(right.label())
						.isEqualTo((right == Right.MANAGE) ? 204 : 403);
			}
		}
		finally {
			this.requestMappingHandlerMapping.unregisterMapping(path);
			this.rights.afterSingletonsInstantiated();
		}
	}

	@Test
	void theDescriptionSaysHowToShowAnAccount() throws Exception {
		JsonNode document = JsonMapper.shared().readTree(get("/v3/api-docs", bearer("view")).bytes());
		JsonNode schemes = document.at("/components/securitySchemes");
		assertThat(schemes.propertyStream().map((scheme) -> scheme.getValue().path("scheme").asString()))
				.containsExactlyInAnyOrder("bearer", "basic");
		List<JsonNode> operations = document.path("paths").valueStream().flatMap(JsonNode::valueStream).toList();
		assertThat(operations).hasSizeGreaterThan(6)
				.allSatisfy((operation) -> assertThat(
						operation.path("security").valueStream().flatMap((way) -> way.propertyNames().stream()))
						.containsExactlyInAnyOrderElementsOf(schemes.propertyNames()));
		assertThat(get("/targets", "Bearer wrong").problem(401))
				.isEqualTo(example(document.at("/paths/~1targets/get"), "401", "no-account"));
		Map<String, Object> told = example(document.at("/paths/~1targets/get"), "403", "may-not-view");
		told.computeIfPresent("detail", (_, detail) -> detail.toString().replace("alice", TestAccounts.NOTHING));
		assertThat(get("/targets", bearer(TestAccounts.NOTHING)).problem(403)).isEqualTo(told);
	}

	private static Map<String, Object> example(JsonNode operation, String status, String name) {
		JsonNode content = operation.path("responses").path(status).path("content").path("application/problem+json");
		return JsonMapper.shared().convertValue(content.path("examples").path(name).path("value"),
				new TypeReference<Map<String, Object>>() {
				});
	}

	@Test
	void prometheusIsAnsweredInText() throws Exception {
		Answer answer = get("/probe?target=echo&module=echo", "");
		assertThat(answer.status()).isEqualTo(401);
		assertThat(answer.header("Content-Type")).isEqualTo("text/plain;charset=UTF-8");
		assertThat(answer.text()).startsWith("unauthenticated: ").endsWith("\n");
		answer = get("/probe?target=echo&module=echo", bearer("view"));
		assertThat(answer.status()).isEqualTo(403);
		assertThat(answer.text()).isEqualTo("not-permitted: the account view has no right to ask\n");
	}

	/**
	 * A path that the filter takes for another one than the handlers do would let somebody in.
	 */
	@ParameterizedTest
	@ValueSource(strings = {"//targets", "/targets/", "/%74argets", "/targets;a", "/./targets", "/x/../targets",
			"/TARGETS", "/actuator/../targets", "/livez/../targets", "/page/../targets", "/targets%2f", "/targets/.",
			"/livez/targets", "/error", "/page/x/../../targets", "/sign-in/../targets", "/actuator/health/../loggers",
			"/actuator/health/..;/loggers", "/actuator/prometheus/"})
	void noSpellingLeadsIn(String path) throws Exception {
		for (String method : List.of("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "FOO")) {
			try (RawRequest request = new RawRequest(this.port, List.of(method + " " + path + " HTTP/1.1",
					"Host: localhost"))) {
				assertThat(request.head()).doesNotStartWith("HTTP/1.1 2").doesNotStartWith("HTTP/1.1 5");
			}
		}
	}

	/**
	 * The way back from there would not fit the head of an answer.
	 */
	@Test
	void aLongPathLeadsToNoSignIn() throws Exception {
		try (RawRequest request = new RawRequest(this.port, "GET /swagger-uix" + "/".repeat(7_000),
				"Accept: text/html")) {
			assertThat(request.head()).startsWith("HTTP/1.1 401");
		}
		Answer page = this.http.ask(request("/swagger-ui.html").header("Accept", "text/html"));
		assertThat(page.status()).isEqualTo(303);
		assertThat(page.header("Location")).isEqualTo("sign-in");
	}

	@Test
	void healthIsOpen() throws Exception {
		for (String path : List.of("/livez", "/readyz", "/-/healthy", "/actuator/health",
				"/actuator/health/liveness")) {
			assertThat(get(path, "").status()).as(path).isEqualTo(200);
			assertThat(ask(request(path).header("X-Forwarded-For", "192.0.2.210"), "Bearer wrong").status()).as(path)
					.isEqualTo(path.endsWith("z") ? 200 : 401);
		}
	}

	@Test
	void whoeverOnlyLooksIsToldNothingOfNames() throws Exception {
		String forbidden = "{\"message\":\"a\",\"target\":\"%s\"}";
		for (String target : List.of("localhost.localdomain:9", "nobody.invalid:9", "192.0.2.9:9")) {
			Map<String, Object> problem = send(forbidden.formatted(target), "ask").problem(403);
			assertThat(problem).containsEntry("type", "urn:udp-probe:forbidden-target").containsEntry("detail",
					"the policy allows no datagrams to " + target);
		}
		assertThat(send("{\"message\":\"a\",\"target\":\"nobody\"}", "ask").problem(400))
				.extractingByKey("detail").asString().doesNotContain("echo");
	}

	private Answer send(String json, String account) throws Exception {
		return ask(request("/send").header("Content-Type", Http.JSON).POST(BodyPublishers.ofString(json)),
				bearer(account));
	}

	@Test
	void whoeverManagesIsToldAll() throws Exception {
		TestAccounts.write(FILE, TestAccounts.all() + TestAccounts.account("all", List.of(Right.values())));
		assertThat(reload("manage")).isEqualTo(200);
		assertThat(send("{\"message\":\"a\",\"target\":\"nobody.invalid:9\"}", "all").problem(502))
				.containsEntry("outcome", "unresolved");
		assertThat(send("{\"message\":\"a\",\"target\":\"192.0.2.9:9\"}", "all").problem(403)).extractingByKey("detail")
				.asString()
				.contains("(192.0.2.9)", "--udp-probe.client.allowed-targets=");
		assertThat(send("{\"message\":\"a\",\"target\":\"nobody\"}", "all").problem(400)).extractingByKey("detail")
				.asString()
				.contains("echo");
	}

}
