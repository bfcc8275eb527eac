package dev.udpprobe.web;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.udpprobe.web.Http.Answer;

import static org.assertj.core.api.Assertions.assertThat;

class AnswerHeadersTests extends HttpTests {

	private static final String CSP = "Content-Security-Policy";

	@ParameterizedTest
	@CsvSource({"GET,/targets,200", "GET,/peers,200", "GET,/nothing,404", "GET,/error,404", "GET,/send,405",
			"POST,/trace,415", "POST,/send/lines,200", "TRACE,/targets,405", "GET,/actuator/health,200",
			"GET,/actuator/prometheus,200", "GET,/actuator/nothing,404", "GET,/livez,200", "GET,/v3/api-docs,200",
			"GET,/swagger-ui.html,302"})
	void everyAnswerTellsBrowsersToDoNothingWithIt(String method, String path, int status) throws Exception {
		Answer answer = this.http.ask(this.http.request(path).method(method, BodyPublishers.noBody()));
		assertThat(answer.status()).isEqualTo(status);
		assertCommon(answer);
		assertThat(all(answer, CSP)).containsExactly("default-src 'none'; frame-ancestors 'none'");
		assertThat(all(answer, "Cache-Control")).containsExactly("no-store");
	}

	@ParameterizedTest
	@ValueSource(strings = {"index.html", "swagger-initializer.js", "swagger-ui.css", "swagger-ui-bundle.js",
			"nothing.js"})
	void swaggerUiMayRunItsOwnFilesAlone(String file) throws Exception {
		Answer answer = this.http.get("/swagger-ui/" + file);
		assertCommon(answer);
		assertThat(all(answer, CSP)).singleElement()
				.asString()
				.contains("default-src 'none'; ", "script-src 'self'; ", "connect-src 'self'; ",
						"frame-ancestors 'none'")
				.doesNotContain("unsafe-eval");
	}

	@Test
	void swaggerUisLargeFilesMayBeKept() throws Exception {
		assertThat(this.http.get("/swagger-ui/swagger-ui-bundle.js").header("Cache-Control")).isEmpty();
	}

	/**
	 * Such a request comes to nobody but Tomcat, which answers without these headers, and with
	 * nothing of the request.
	 */
	@Test
	void tomcatAnswersByItselfWhatIsNoRequest() throws Exception {
		try (RawRequest request = new RawRequest(this.port, List.of("GET /<script> HTTP/1.1", "Host: localhost"))) {
			assertThat(request.head()).startsWith("HTTP/1.1 400").doesNotContain(CSP);
			assertThat(request.rest()).contains("Bad Request").doesNotContain("script");
		}
	}

	private static void assertCommon(Answer answer) {
		assertThat(all(answer, "X-Content-Type-Options")).containsExactly("nosniff");
		assertThat(all(answer, "X-Frame-Options")).containsExactly("DENY");
		assertThat(all(answer, "Referrer-Policy")).containsExactly("same-origin");
		assertThat(all(answer, "Cross-Origin-Resource-Policy")).containsExactly("same-origin");
	}

	private static List<String> all(Answer answer, String name) {
		return answer.response().headers().allValues(name);
	}

}
