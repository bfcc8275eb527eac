package dev.udpprobe.web;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import dev.udpprobe.destination.Target;
import dev.udpprobe.monitor.Monitor;
import dev.udpprobe.monitor.MonitoredTarget;
import dev.udpprobe.monitor.RoundSettings;
import dev.udpprobe.monitor.TargetSpec;
import dev.udpprobe.net.HostAndPort;
import dev.udpprobe.web.Http.Answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What HTTP tells of the monitor's targets.
 */
class NamedTargetsTests extends HttpTests {

	private static final RoundSettings OFTEN = new RoundSettings(Duration.ofMillis(100), null, 1, 2, null);

	@Autowired
	Monitor monitor;

	private List<TargetSpec> configured = List.of();

	@BeforeEach
	void remember() {
		this.configured = this.monitor.targets().stream().map(MonitoredTarget::spec).toList();
	}

	@AfterEach
	void restore() {
		this.monitor.replace(this.configured);
	}

	private static TargetSpec spec(String name, String address, @Nullable String module, RoundSettings rounds,
			Map<String, String> labels) {
		HostAndPort where = HostAndPort.of(address);
		return new TargetSpec(
				new Target(name, () -> where, null, (module != null) ? new Target.Asks(module, Map.of()) : null),
				rounds, labels, "");
	}

	private static TargetSpec byHand(String name) {
		return spec(name, "127.0.0.1:9", null, RoundSettings.BY_HAND, Map.of());
	}

	private JsonNode json(String path) throws Exception {
		Answer answer = this.http.get(path);
		assertThat(answer.status()).as(answer.text()).isEqualTo(200);
		assertThat(answer.header("Content-Type")).isEqualTo("application/json");
		return JsonMapper.shared().readTree(answer.bytes());
	}

	private String text(String path) throws Exception {
		Answer answer = this.http.ask(this.http.request(path).header("Accept", Http.TEXT));
		assertThat(answer.status()).as(answer.text()).isEqualTo(200);
		assertThat(answer.header("Content-Type")).isEqualTo("text/plain;charset=UTF-8");
		return answer.text();
	}

	@Test
	void aTargetTellsItsRounds() throws Exception {
		this.monitor.replace(List.of(spec("near", echoAddress(), "word", OFTEN, Map.of("site", "north")),
				spec("shut", REFUSING.address(), "word", OFTEN, Map.of())));
		await().untilAsserted(() -> {
			JsonNode near = json("/targets?sort=-state").path(0);
			assertThat(near.path("name").asString()).isEqualTo("near");
			assertThat(near.path("state").asString()).isEqualTo("up");
			assertThat(near.path("outcome").asString()).isEqualTo("replied");
			assertThat(near.path("verdict").asString()).isEqualTo("pass");
			assertThat(near.path("detail").asString()).contains("replied: it says hello, in ");
			assertThat(near.path("lossRatio")).hasToString("{\"oneMinute\":0.0,\"tenMinutes\":0.0,\"oneHour\":0.0}");
			assertThat(near.path("labels")).hasToString("{\"site\":\"north\"}");
		});
		await().untilAsserted(() -> assertThat(json("/targets?state=down").path(0).path("outcome").asString())
				.isEqualTo("refused"));
		JsonNode near = json("/targets/near");
		assertThat(near.path("exchange").path("fields")).hasToString("{\"said\":\"hello\"}");
		assertThat(near.path("rounds").path("times")).isNotEmpty();
		assertThat(near.path("schedule").path("intervalMillis").asInt()).isEqualTo(100);
		JsonNode shut = json("/targets/shut");
		assertThat(shut.path("errors").path(0).path("meaning").asString()).isEqualTo("port-unreachable");
		assertThat(text("/targets/shut")).contains("asked       by the module word, every 100ms; rise 1, fall 2",
				"ICMP error",
				"port-unreachable", "fail     refused");
		assertThat(text("/targets").lines()).anyMatch((line) -> line.matches(
				"shut  %s +down +\\ds +100%% +\\d+\\.\\d{3} ms  refused: .*".formatted(REFUSING.address())));
	}

	@Test
	void noSecretIsTold() throws Exception {
		this.monitor.replace(List.of(spec("near", echoAddress(), "secretive", OFTEN, Map.of())));
		await().untilAsserted(() -> assertThat(json("/targets").path(0).path("state").asString()).isEqualTo("up"));
		for (String path : List.of("/targets", "/targets/near", "/discovery/targets")) {
			for (String accept : List.of(Http.JSON, Http.TEXT)) {
				assertThat(this.http.ask(this.http.request(path).header("Accept", accept)).text()).contains("near")
						.doesNotContain("s3cret", "733363726574", "czNjcmV0");
			}
		}
	}

	@ParameterizedTest
	@CsvSource({"[::1]:53, %5B%3A%3A1%5D:53", "a.json, a.json", "ns1.example:53, ns1.example:53",
			"ns1.example:53, ns1%2eexample%3A53", "ä b%;c, %C3%A4%20b%25%3Bc", "..., ..."})
	void aNameIsFoundHoweverItIsWritten(String name, String path) throws Exception {
		this.monitor.replace(List.of(byHand("other"), byHand(name)));
		assertThat(json("/targets/" + path).path("target").path("name").asString()).isEqualTo(name);
		assertThat(text("/targets/" + path)).startsWith("target      " + name + " (127.0.0.1:9)\n");
	}

	@ParameterizedTest
	@ValueSource(strings = {"nobody", "127.0.0.1:9", "ECHO", "echo.json", "%C3%A4", "%FF", "echo%20", "echo%00x"})
	void whoeverIsNoTargetIsNotFound(String path) throws Exception {
		try (RawRequest request = new RawRequest(this.port, "GET /targets/" + path)) {
			assertThat(request.head()).as(path).matches("(?s)HTTP/1.1 40[04]\\s.*");
		}
		// Tomcat answers what is no text by itself.
		if (!path.contains("%00") && !path.equals("%FF")) {
			assertThat(this.http.get("/targets/" + path).problem(404)).containsEntry("title", "no-target");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = {"/targets/", "/targets/echo/", "/targets/echo;a", "/targets/a/echo", "/targets/%65cho/x",
			"/%74argets", "/targets/%2e%2e/livez", "/targets/..%2flivez", "/targets/echo?a"})
	void nothingElseIsAtThesePaths(String path) throws Exception {
		try (RawRequest request = new RawRequest(this.port, "GET " + path)) {
			assertThat(request.head()).as(path).matches("(?s)HTTP/1.1 40[04]\\s.*");
		}
	}

	@Test
	void targetsComeInPages() throws Exception {
		this.monitor.replace(IntStream.range(0, 5).mapToObj((i) -> byHand("t" + i)).toList());
		Answer first = this.http.get("/targets?limit=2&name=T");
		assertThat(first.header("X-Total-Count")).isEqualTo("5");
		assertThat(first.header("Link")).isEqualTo(
				"<?name=T&limit=2&offset=0>; rel=\"first\", <?name=T&limit=2&offset=2>; rel=\"next\", <?name=T&limit=2&offset=4>; rel=\"last\"");
		assertThat(json("/targets?limit=2&offset=4").valueStream().map((target) -> target.path("name").asString()))
				.containsExactly("t4");
		assertThat(text("/targets?limit=2")).hasLineCount(4).endsWith("2 of 5; and more: /targets?limit=2&offset=2\n");
		assertThat(text("/targets?limit=2&offset=4")).hasLineCount(2).doesNotContain("and more");
		assertThat(json("/targets?offset=7")).isEmpty();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
			state=ill             | state  | 'ill' is not one of unknown, up, down, by-hand
			outcome=REPLIED       | outcome | 'REPLIED' is not one of replied,
			sort=size             | sort   | 'size' is not one of name, -name, state,
			offset=-1             | offset | '-1' is not a whole number from 0 to 1000000
			limit=10001           | limit  | '10001' is not a whole number from 1 to 10000
			label=north           | label  | 'north' is not name=value
			state=up&state=up     | state  | it is given more than once
			page=1                | page   | there is no such field; there are state, outcome, module, label, name, sort, offset, limit
			module.key=x          | module.key | there is no such field
			name=%ff              | name   | it is not UTF-8
			""")
	void aWrongParameterSaysWhatItTakes(String query, String field, String message) throws Exception {
		Map<String, Object> problem = this.http.get("/targets?" + query).problem(400);
		assertThat(problem).containsEntry("field", field).containsEntry("title", "bad-request");
		assertThat(problem.get("detail")).asString().startsWith(field + ": " + message);
	}

	@Test
	void whatHasNoAddressIsNotAllowed() throws Exception {
		this.monitor.replace(List.of(spec("far", "far.invalid:7", null, RoundSettings.BY_HAND, Map.of())));
		assertThat(json("/targets").path(0).path("allowed").asBoolean(true)).isFalse();
		assertThat(text("/targets")).contains("it has no address, or may not be sent to");
	}

	/**
	 * To resolve thousands of names takes its time.
	 */
	@Test
	void onlyTargetsOfThePageAreResolved() throws Exception {
		AtomicInteger asked = new AtomicInteger();
		this.monitor.replace(Stream.of("a", "b").map((name) -> new TargetSpec(new Target(name, () -> {
			asked.incrementAndGet();
			return HostAndPort.of("127.0.0.1:9");
		}, null), RoundSettings.BY_HAND, Map.of("name", name), "")).toList());
		json("/targets?limit=1&offset=3");
		assertThat(asked).hasValue(0);
		assertThat(json("/targets?label=name=b").path(0).path("allowed").asBoolean()).isTrue();
		assertThat(asked).hasPositiveValue();
	}

	@Test
	void prometheusFindsATargetInEachGroup() throws Exception {
		this.monitor.replace(List.of(byHand("here"),
				spec("[::1]:123", "[::1]:123", "ntp", new RoundSettings(Duration.ofSeconds(90), null, 1, 2, null),
						Map.of("data-center", "north"))));
		Answer answer = this.http.ask(this.http.request("/discovery/targets").header("Accept", Http.TEXT));
		assertThat(answer.header("Content-Type")).isEqualTo("application/json");
		assertThat(answer.text()).isEqualTo(
				"""
						[{"targets":["127.0.0.1:9"],"labels":{"__meta_udp_probe_name":"here","__meta_udp_probe_interval":"0s"}},\
						{"targets":["[::1]:123"],"labels":{"__meta_udp_probe_name":"[::1]:123","__meta_udp_probe_module":"ntp",\
						"__meta_udp_probe_interval":"1m30s","__meta_udp_probe_label_data_center":"north"}}]
						""");
		assertThat(json("/discovery/targets?module=ntp")).hasSize(1);
		assertThat(json("/discovery/targets?label=data-center=north")).hasSize(1);
		assertThat(json("/discovery/targets?label=data-center=south")).isEmpty();
		assertThat(this.http.get("/discovery/targets?label=x").problem(400)).containsEntry("field", "label");
		assertThat(this.http.get("/discovery/targets?state=up").problem(400)).containsEntry("field", "state");
	}

}
