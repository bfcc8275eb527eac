package dev.udpprobe.web;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

class TooBigTests extends HttpTests {

	private static final String TEN_KB = "x".repeat(10_000);

	@ParameterizedTest
	@EnumSource(SendForm.class)
	void aMessageLongerThanADatagramIsTooBig(SendForm form) throws Exception {
		for (int length : new int[]{65_508, 65_527, 65_528, 200_000}) {
			assertThat(form.send(this.http, "x".repeat(length), Map.of()).problem(413)).as("%d bytes", length)
					.containsEntry("outcome", "too-big")
					.containsEntry("type", "urn:udp-probe:too-big");
		}
	}

	@ParameterizedTest
	@EnumSource(SendForm.class)
	void bytesCountNotCharacters(SendForm form) throws Exception {
		String message = "\u20ac".repeat(21_835) + "xxx";
		assertThat(form.send(this.http, message, Map.of()).problem(413)).containsEntry("outcome", "too-big")
				.containsEntry("bytesSent", 0)
				.extractingByKey("detail").asString().contains("65,508", "65,507");
	}

	@Test
	void theLongestDatagramIsSent() throws Exception {
		String message = "x".repeat(65_507);
		assertThat(SendForm.TEXT.send(this.http, message, Map.of("target", "closed")).problem(502))
				.containsEntry("outcome", "refused")
				.containsEntry("bytesSent", 65_507);
	}

	@Test
	void jsonMayEscapeEveryCharacter() throws Exception {
		String message = "\\u0000".repeat(65_503);
		assertThat(this.http.json("{\"message\": \"" + message + "\"}").json()).containsEntry("bytesReceived", 65_507);
	}

	/**
	 * The body goes on and never ends, so an answer shows that it was not waited for.
	 */
	@ParameterizedTest
	@CsvSource({"JSON, 100, '{\"message\":\"'", "TEXT, 100, ''", "BYTES, 100, ''", "FORM, 100, message="})
	void aLongBodyIsAnsweredWithoutBeingReadToItsEnd(SendForm form, int chunks, String start) throws Exception {
		try (RawRequest request = RawRequest.chunked(this.port, "POST /send", form.type())) {
			request.chunk(start + "x");
			for (int i = 0; i < chunks; i++) {
				request.chunk(TEN_KB);
			}
			assertTooBig(request);
		}
	}

	@ParameterizedTest
	@EnumSource(SendForm.class)
	void aBodyThatSaysItIsLongIsNotReadToItsEnd(SendForm form) throws Exception {
		try (RawRequest request = new RawRequest(this.port, "POST /send", "Content-Type: " + form.type(),
				"Content-Length: 40000000")) {
			request.bytes((form == SendForm.JSON) ? "{\"message\": \"" : "message=");
			for (int i = 0; i < 100; i++) {
				request.bytes(TEN_KB);
			}
			assertTooBig(request);
		}
	}

	private static void assertTooBig(RawRequest request) throws Exception {
		assertThat(request.head()).startsWith("HTTP/1.1 413").contains("Content-Type: application/problem+json");
		assertThat(request.line()).contains("\"outcome\":\"too-big\"", "\"status\":413");
	}

}
