package dev.udpprobe.web;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Whoever sends what is refused cannot fill the log.
 */
@Isolated
class RefusedRequestsTests extends HttpTests {

	private final ListAppender<ILoggingEvent> log = new ListAppender<>();

	private final Logger root = ((LoggerContext) LoggerFactory.getILoggerFactory()).getLogger(Logger.ROOT_LOGGER_NAME);

	@BeforeEach
	void listen() throws Exception {
		// The first request makes the servlet tell that it is there.
		this.http.get("/livez");
		this.log.start();
		this.root.addAppender(this.log);
	}

	@AfterEach
	void listenNoMore() {
		this.root.detachAppender(this.log);
	}

	@Test
	void whatIsRefusedIsCountedAndNotLogged() throws Exception {
		List<String> requests = List.of("GET /a/../" + "b".repeat(7_000), "GET /%2e%2e/WEB-INF/web.xml", "GET /nothing",
				"GET /send", "FOO /send", "TRACE /send", "GET /peers?limit=0", "GET /%00", "GET /a|b",
				"GET /%zz", "GET /error", "GET //", "GET //x:y/", "GET /actuator/health/a/b",
				"GET /actuator/health/../x", "GET /actuator/health/readiness/a/b", "PUT /swagger-ui/index.html",
				"GET /swagger-ui/../../application.yaml", "GET /a;%", "GET /a;%zz", "TRACE /a;%", "GET /livez;a",
				"GET /livez?%zz", "GET /readyz?=x", "GET /actuator/prometheus?a&" + "a&".repeat(2_000),
				"GET /peers?%zz", "GET /swagger-ui", "GET /swagger-ui/", "HEAD /swagger-ui/./index.css",
				"HEAD /swagger-ui/%69ndex.css", "GET /swagger-ui/index.html/",
				"GET /%73wagger-ui/x", "GET /%73wagger-ui.html?a=" + "+".repeat(2_800), "GET /actuator/%68ealth/a/b",
				"GET /livez?path=a,b", "GET /readyz?path=a/b", "GET /livez?%70ath=a,b",
				"GET /actuator/health/readiness?path=a&path=b", "GET /targets/nobody", "GET /targets/%ff",
				"GET /targets/%00",
				"GET /targets/a%2fb", "GET /targets/%2e%2e", "GET /targets/a;b", "GET /targets/%", "GET /targets/?a",
				"GET /targets?label=a=" + "%26".repeat(290) + "&label=b=" + "%26".repeat(290), "GET /targets?limit=0",
				"GET /discovery/targets?label=x");
		double before = refused();
		for (String request : requests) {
			ask(request);
		}
		ask("GET /send", "Cookie: \u0001=;,\"", "Accept: \"", "Accept-Language: ;;;", "Origin: ?");
		ask("GET /nothing", "Accept: */*;q=5");
		ask("GET /swagger-ui/nothing", "Accept: */*;q=5");
		ask("GET /targets", "Accept: " + "*/*;q=0.5,".repeat(40));
		ask("GET /nothing", "Accept: " + "*/*;q=0.5,".repeat(40));
		ask("GET /livez", "Accept: " + "*/*;q=0.5,".repeat(17));
		ask("GET /livez", "Accept: application/json;a=" + "a".repeat(7_500));
		ask("GET /swagger-ui.html?a=" + "+".repeat(2_800));
		ask("GET /send", "No colon");
		askUnder("evil.test", "GET /a;%");
		askUnder("evil.test", "GET /livez?%zz");
		ask("GET /livez", "Content-Type: application/json", "Content-Length: 2");
		ask("POST /actuator/info", "Content-Type: application/json", "Content-Length: 1025");
		ask("POST /actuator/info", "Content-Type: application/json", "Transfer-Encoding: chunked");
		ask("POST /send", "Content-Type: a/b/c", "Content-Length: 0");
		ask("POST /send", "Content-Type: text/plain", "Content-Length: 2000000");
		ask("POST /send", "Content-Type: " + Http.FORM, "Content-Length: -1");
		ask("POST /send", "Content-Type: " + Http.FORM, "Transfer-Encoding: gzip");
		// Tomcat answers some of them before anything of ours sees them.
		await().until(() -> refused() >= before + 5);
		assertNothingWasLogged();
	}

	/**
	 * Headers of which no answer takes notice.
	 */
	@Test
	void whatIsIgnoredIsNotLogged() throws Exception {
		for (String header : List.of("X-Forwarded-Port: x", "X-Forwarded-Port: -5", "Forwarded: host=a:x",
				"X-Forwarded-Prefix: " + "/a".repeat(3_000), "Range: bytes=9-9,8-8,7-7", "Range: x",
				"If-Modified-Since: x", "Accept-Encoding: ;;;",
				"Accept-Language: aa,ab,ac,ad,ae,af,ag,ah,ai,aj,ak,al", "Accept-Language: -,;q=x")) {
			for (String path : List.of("/swagger-ui.html", "/swagger-ui/index.html", "/swagger-ui/swagger-ui.css",
					"/swagger-ui/swagger-initializer.js", "/v3/api-docs", "/v3/api-docs/swagger-config", "/targets")) {
				try (RawRequest request = new RawRequest(this.port, "GET " + path, header)) {
					assertThat(request.head()).as(path).matches("(?s)HTTP/1.1 (200|302)\\s.*");
				}
			}
		}
		assertNothingWasLogged();
	}

	private void ask(String requestLine, String... headers) throws Exception {
		try (RawRequest request = new RawRequest(this.port, requestLine, headers)) {
			assertThat(request.head()).as(requestLine).matches("(?s)HTTP/1.1 (4..|501)\\s.*");
		}
	}

	private void askUnder(String host, String requestLine) throws Exception {
		try (RawRequest request = new RawRequest(this.port, List.of(requestLine + " HTTP/1.1", "Host: " + host))) {
			assertThat(request.head()).as(requestLine).matches("(?s)HTTP/1.1 4..\\s.*");
		}
	}

	private void assertNothingWasLogged() {
		assertThat(this.log.list.stream()
				.filter((event) -> event.getLevel().isGreaterOrEqual(Level.INFO))
				.map(ILoggingEvent::toString)
				.toList()).isEmpty();
	}

	private double refused() throws Exception {
		return this.http.samples("http_server_requests_seconds_count")
				.entrySet()
				.stream()
				.filter((sample) -> sample.getKey().contains("outcome=\"CLIENT_ERROR\""))
				.collect(Collectors.summingDouble(Map.Entry::getValue));
	}

}
