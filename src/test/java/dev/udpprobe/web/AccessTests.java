package dev.udpprobe.web;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import dev.udpprobe.access.Right;
import dev.udpprobe.web.Http.Answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Who may do what where there are accounts.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT, properties = {"udp-probe.echo.port=0",
		"management.endpoints.web.exposure.include=health,info,prometheus,sbom,loggers",
		"udp-probe.http.trusted-proxies=127.0.0.1"})
class AccessTests {

	static final Path FILE = TestAccounts.create();

	@LocalServerPort
	int port;

	@Autowired
	RequestMappingHandlerMapping requestMappingHandlerMapping;

	private Http http = new Http(0);

	@DynamicPropertySource
	static void accounts(DynamicPropertyRegistry properties) {
		properties.add("udp-probe.security.account-files", FILE::toString);
	}

	@BeforeEach
	void connect() {
		this.http = new Http(this.port);
	}

	@AfterEach
	void putBack() throws Exception {
		TestAccounts.write(FILE, TestAccounts.all());
		await().until(() -> reload("manage") == 200);
	}

	private int reload(String account) throws Exception {
		return ask(request("/-/reload").POST(BodyPublishers.noBody()), bearer(account)).status();
	}

	private HttpRequest.Builder request(String path) {
		return this.http.request(path);
	}

	private Answer ask(HttpRequest.Builder request, String authorization) throws Exception {
		return this.http.ask(authorization.isEmpty() ? request : request.header("Authorization", authorization));
	}

	private Answer get(String path, String authorization) throws Exception {
		return ask(request(path), authorization);
	}

	private static String bearer(String account) {
		return "Bearer " + TestAccounts.token(account);
	}

	private static String basic(String name, String password) {
		return "Basic " + Base64.getEncoder()
				.encodeToString((name + ":" + password).getBytes(StandardCharsets.UTF_8));
	}

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

	static Stream<String> wrong() {
		return Stream.of("Bearer wrong", "bearer wrong", "Bearer", "Bearer a b", "Basic", "Basic !", "Basic " + "YQ==",
				"Digest a", "", " ", bearer("view") + "x", bearer("nobody"), basic("view", "wrong"),
				basic("nobody", TestAccounts.PASSWORD), basic("view", TestAccounts.token("view")),
				"Bearer " + TestAccounts.PASSWORD);
	}

	@ParameterizedTest
	@MethodSource
	void wrong(String authorization) throws Exception {
		// Each from an address of its own.
		HttpRequest.Builder request = request("/targets").header("Authorization", authorization)
				.header("X-Forwarded-For", "192.0.2." + (1 + wrong().toList().indexOf(authorization)));
		Answer answer = this.http.ask(request);
		assertThat(answer.problem(401)).containsEntry("type", "urn:udp-probe:unauthenticated");
		assertThat(answer.response().headers().allValues("WWW-Authenticate")).hasSize(2)
				.anyMatch((challenge) -> challenge.startsWith("Bearer realm="))
				.contains("Basic realm=\"udp-probe\", charset=\"UTF-8\"");
		assertThat(answer.text()).doesNotContain(TestAccounts.PASSWORD).doesNotContain("0123456789");
	}

	@Test
	void theNameOfASchemeHasNoCase() throws Exception {
		assertThat(get("/targets", "bEARER  " + TestAccounts.token("view")).status()).isEqualTo(200);
		assertThat(get("/targets", basic("view", TestAccounts.PASSWORD).replace("Basic", "BASIC")).status())
				.isEqualTo(200);
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
		assertThat(get("/targets", bearer(TestAccounts.NOTHING)).problem(403).keySet())
				.isEqualTo(example(document.at("/paths/~1targets/get"), "403", "not-permitted").keySet());
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
	 * A scrape is not let down by what others behind its address try.
	 */
	@Test
	void wrongOnesAreSlowedAndRightTokensAreNot() throws Exception {
		Map<Integer, Integer> answers = new LinkedHashMap<>();
		for (int i = 0; i < 20; i++) {
			answers.merge(from("192.0.2.200", "Bearer wrong").status(), 1, Integer::sum);
		}
		assertThat(answers.keySet()).containsExactly(401, 429);
		assertThat(answers.get(401)).isBetween(10, 12);
		Answer slowed = from("192.0.2.200", basic("view", TestAccounts.PASSWORD));
		assertThat(slowed.problem(429)).containsEntry("title", "too-many-attempts");
		assertThat(slowed.header("Retry-After")).isEqualTo("6");
		assertThat(from("192.0.2.200", bearer("view")).status()).isEqualTo(200);
		assertThat(from("192.0.2.201", basic("view", TestAccounts.PASSWORD)).status()).isEqualTo(200);
	}

	/**
	 * The whole network that a host has is one.
	 */
	@Test
	void theAddressesOfANetworkAreOne() throws Exception {
		for (int i = 1; i <= 12; i++) {
			from("2001:db8:1:2::" + i, "Bearer wrong");
		}
		assertThat(from("2001:db8:1:2:ffff::1", "Bearer wrong").status()).isEqualTo(429);
		assertThat(from("2001:db8:1:3::1", "Bearer wrong").status()).isEqualTo(401);
	}

	private Answer from(String address, String authorization) throws Exception {
		return ask(request("/targets").header("X-Forwarded-For", address), authorization);
	}

	@Test
	void tokensAreReadAgain() throws Exception {
		assertThat(get("/targets", bearer("view")).status()).isEqualTo(200);
		TestAccounts.write(FILE, TestAccounts.account("view", List.of(Right.ASK))
				+ TestAccounts.account("late", List.of(Right.VIEW, Right.MANAGE)));
		await().until(() -> get("/targets", bearer("view")).status() == 403);
		assertThat(get("/targets", bearer("late")).status()).isEqualTo(200);
		assertThat(get("/targets", bearer("ask")).status()).isEqualTo(401);
		assertThat(get("/targets", basic("late", TestAccounts.PASSWORD)).status()).isEqualTo(200);
	}

	/**
	 * They are read at once where somebody asks for it.
	 */
	@Test
	void aBrokenFileKeepsTheAccounts() throws Exception {
		for (String broken : List.of("- {name: a", "[]: 1", "", "- {name: view, rights: [all]}",
				TestAccounts.account("a b", List.of()))) {
			TestAccounts.write(FILE, broken);
			assertThat(reload("manage")).as(broken).isEqualTo(500);
			assertThat(get("/targets", bearer("view")).status()).as(broken).isEqualTo(200);
			assertThat(get("/actuator/prometheus", bearer("view")).text())
					.contains("\nudp_probe_config_last_reload_successful 0.0\n");
		}
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
