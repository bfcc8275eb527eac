package dev.udpprobe.web;

import java.net.http.HttpRequest.BodyPublishers;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Errors that no handler answers are problems too.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT, properties = "udp-probe.echo.port=0")
@Import(ErrorsTests.FailingController.class)
class ErrorsTests {

	@LocalServerPort
	int port;

	@TestComponent
	@RestController
	static class FailingController {

		@GetMapping("/failing")
		@Open
		void fail() {
			throw new IllegalStateException("a secret");
		}

	}

	@ParameterizedTest
	@ValueSource(strings = {"application/json", "text/html", "image/png"})
	void aFailureOfTheServiceTellsNothingOfItself(String accept) throws Exception {
		Http http = new Http(this.port);
		assertThat(http.ask(http.request("/failing?a=b").header("Accept", accept)).problem(500))
				.containsEntry("instance", "/failing")
				.containsEntry("title", "Internal Server Error")
				.containsEntry("detail", "the service failed; its log says why");
	}

	@Test
	void whatTomcatRefusesIsTheRequestsFault() throws Exception {
		Http http = new Http(this.port);
		assertThat(http
				.ask(http.request("/targets").header("Accept", "text/html").method("TRACE", BodyPublishers.noBody()))
				.problem(405)).containsEntry("instance", "/targets").containsEntry("title", "Method Not Allowed");
		try (RawRequest request = RawRequest.chunked(this.port, "POST /send", Http.TEXT)) {
			request.bytes("no number\r\n");
			assertThat(request.head()).startsWith("HTTP/1.1 400").contains("Content-Type: application/problem+json");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = {"GET", "POST", "PUT", "DELETE"})
	void thePageOfErrorsIsNoneItself(String method) throws Exception {
		Http http = new Http(this.port);
		assertThat(http.ask(http.request("/error").method(method, BodyPublishers.noBody())).problem(404))
				.containsEntry("instance", "/error")
				.containsEntry("title", "Not Found");
	}

}
