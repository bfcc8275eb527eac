package dev.udpprobe.web;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Clients that keep their connections and ask nothing more leave room for others.
 */
class KeepAliveTests extends HttpTests {

	/** There may be 200. */
	private static final int CLIENTS = 300;

	@ParameterizedTest
	@CsvSource({"GET /livez, 200", "GET /nothing, 404"})
	void idleConnectionsKeepNobodyWaiting(String requestLine, int status) throws Exception {
		List<RawRequest> idle = new ArrayList<>();
		int kept = 0;
		try {
			for (int i = 0; i < CLIENTS; i++) {
				RawRequest request = new RawRequest(this.port, requestLine);
				idle.add(request);
				String head = request.head();
				assertThat(head).startsWith("HTTP/1.1 " + status);
				kept += head.contains("Connection: close") ? 0 : 1;
			}
		}
		finally {
			for (RawRequest request : idle) {
				request.close();
			}
		}
		assertThat(kept).isPositive();
	}

}
