package dev.udpprobe.web;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A name that a stranger has resolved to this host is of no use to the page that has it.
 */
class HostTests extends HttpTests {

	@ParameterizedTest
	@ValueSource(strings = {"GET /", "GET /targets", "GET /peers", "GET /nothing", "GET /error", "GET /actuator",
			"GET /actuator/info", "GET /swagger-ui.html", "GET /swagger-ui/index.html", "GET /v3/api-docs",
			"HEAD /targets", "OPTIONS /send", "PUT /send/lines", "TRACE /targets", "GET /actuator/healthy",
			"GET /targets/../actuator/health", "GET /livez/../targets"})
	void nothingIsAnsweredUnderTheNameOfAStranger(String asked) throws Exception {
		assertThat(head(asked, "Host: attacker.test:8080")).startsWith("HTTP/1.1 421");
	}

	@Test
	void aStrangersPageSendsNothing() throws Exception {
		Map<String, Double> before = this.http.samples("udp_client_");
		for (SendForm form : SendForm.values()) {
			try (RawRequest request = new RawRequest(this.port, List.of("POST /send HTTP/1.1", "Host: attacker.test",
					"Sec-Fetch-Site: same-origin", "Origin: http://attacker.test", "Content-Type: " + form.type(),
					"Content-Length: 9", "Connection: close", "", "message=a"))) {
				assertThat(request.head()).startsWith("HTTP/1.1 421")
						.contains("Content-Type: application/problem+json");
				assertThat(JsonMapper.shared().readTree(request.rest()).path("detail").asString())
						.contains("'attacker.test'", "udp-probe.http.allowed-hosts");
			}
		}
		assertThat(this.http.samples("udp_client_")).isEqualTo(before);
	}

	@ParameterizedTest
	@ValueSource(strings = {"localhost:1", "probe", "[::1]:8080", "192.0.2.1", "probe.example.org", "a.probes.example"})
	void ownNamesAreAnswered(String host) throws Exception {
		assertThat(head("GET /targets", "Host: " + host)).startsWith("HTTP/1.1 200");
	}

	@ParameterizedTest
	@ValueSource(strings = {"/actuator/health", "/actuator/health/readiness", "/livez", "/readyz",
			"/actuator/prometheus"})
	void probesAndScrapesMayCallThisHostWhatTheyLike(String path) throws Exception {
		assertThat(head("GET " + path, "Host: attacker.test")).startsWith("HTTP/1.1 200");
		assertThat(answer("GET " + path + " HTTP/1.0")).startsWith("HTTP/1.1 200");
	}

	@ParameterizedTest
	@CsvSource({"GET http://attacker.test/targets HTTP/1.1, attacker.test, 421",
			"GET http://attacker.test/targets HTTP/1.1, localhost, 400",
			"GET http://localhost/targets HTTP/1.1, attacker.test, 400",
			"GET http://localhost@attacker.test/targets HTTP/1.1, localhost, 400",
			"GET http://attacker.test/targets HTTP/1.0, localhost, 421",
			"GET http://localhost/targets HTTP/1.1, localhost, 200", "GET /targets HTTP/1.1, '', 421"})
	void aTargetWithAHostOfItsOwnIsNoWayAround(String requestLine, String host, int status) throws Exception {
		assertThat(answer(requestLine, "Host: " + host)).startsWith("HTTP/1.1 " + status);
	}

	@Test
	void noHostIsWrong() throws Exception {
		assertThat(answer("GET /targets HTTP/1.0")).startsWith("HTTP/1.1 421");
		assertThat(answer("GET /targets HTTP/1.1")).startsWith("HTTP/1.1 400");
		assertThat(answer("GET /targets HTTP/1.1", "Host: localhost", "Host: localhost")).startsWith("HTTP/1.1 400");
	}

	@ParameterizedTest
	@ValueSource(strings = {"X-Forwarded-Host: localhost", "Forwarded: host=localhost", "X-Original-Host: localhost"})
	void headersOfProxiesCountForNothing(String header) throws Exception {
		assertThat(head("GET /targets", "Host: attacker.test", header)).startsWith("HTTP/1.1 421");
		assertThat(head("GET /targets", "Host: localhost", header.replace("localhost", "attacker.test")))
				.startsWith("HTTP/1.1 200");
	}

	/**
	 * Tomcat takes no name that would have to be escaped, and says nothing of it.
	 */
	@ParameterizedTest
	@ValueSource(strings = {"a.<b>", "a.\"b", "a.b'", "a.b\\", "a.b@c", "a.\u00fc"})
	void aNameOfOtherCharactersIsNotRepeated(String host) throws Exception {
		for (String version : List.of("1.0", "1.1")) {
			assertThat(answer("GET /targets HTTP/" + version, "Host: " + host)).startsWith("HTTP/1.1 400")
					.doesNotContain(host);
		}
	}

	private String head(String asked, String... headers) throws Exception {
		try (RawRequest request = new RawRequest(this.port, lines(asked + " HTTP/1.1", headers))) {
			return request.head();
		}
	}

	private String answer(String requestLine, String... headers) throws Exception {
		try (RawRequest request = new RawRequest(this.port, lines(requestLine, headers))) {
			return request.head() + "\n" + request.rest();
		}
	}

	private static List<String> lines(String requestLine, String... headers) {
		return Stream
				.concat(Stream.of(requestLine, "Connection: close"), Stream.of(headers))
				.toList();
	}

}
