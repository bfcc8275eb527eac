package dev.udpprobe.web;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Clients that keep their connections and ask nothing more leave room for others.
 */
class KeepAliveTests extends HttpTests {

	/** Of connections. */
	private static final int PLACES = 200;

	private final List<RawRequest> clients = new ArrayList<>();

	@AfterEach
	void close() throws Exception {
		for (RawRequest request : this.clients) {
			request.close();
		}
	}

	/**
	 * @return whether the connection may be used again
	 */
	private boolean isKept(String requestLine, int status) throws Exception {
		RawRequest request = new RawRequest(this.port, requestLine);
		this.clients.add(request);
		String head = request.head();
		assertThat(head).startsWith("HTTP/1.1 " + status);
		return !head.contains("Connection: close");
	}

	@ParameterizedTest
	@CsvSource({"GET /livez, 200", "GET /nothing, 404", "TRACE /targets, 405", "OPTIONS *, 200"})
	void idleConnectionsTakeHalfOfThePlacesAtMost(String requestLine, int status) throws Exception {
		int kept = 0;
		for (int i = 0; i < PLACES + PLACES / 2; i++) {
			kept += isKept(requestLine, status) ? 1 : 0;
		}
		assertThat(kept).isBetween(1, PLACES / 2);
	}

	/**
	 * Otherwise, an answer that is cut short would look whole.
	 */
	@Test
	void theEndOfLinesIsMarkedOnAConnectionThatEnds() throws Exception {
		for (int i = 0; i < PLACES * 3 / 4; i++) {
			this.clients.add(new RawRequest(this.port, "POST /send", "Content-Type: text/plain", "Content-Length: 1"));
		}
		try (RawRequest lines = RawRequest.chunked(this.port, "POST /send/lines", "text/plain")) {
			lines.chunk("hello\n");
			lines.end();
			assertThat(lines.head()).contains("Transfer-Encoding: chunked").contains("Connection: close");
			assertThat(lines.rest()).endsWith("\r\n0\r\n\r\n");
		}
	}

}
