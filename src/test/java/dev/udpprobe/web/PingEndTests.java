package dev.udpprobe.web;

import java.io.IOException;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Pings that do not come to their end, or that are not begun.
 */
class PingEndTests extends HttpTests {

	private static final String PATH = "/ping";

	private RawRequest begin(String body) throws IOException {
		RawRequest request = new RawRequest(this.port, "POST " + PATH, "Content-Type: " + Http.FORM,
				"Content-Length: " + body.length());
		request.bytes(body);
		return request;
	}

	/**
	 * Also where nothing is written for an hour, in which nobody would hear of it.
	 */
	@ParameterizedTest
	@ValueSource(strings = {"5ms", "1h"})
	void aClientThatHangsUpEndsIt(String interval) throws Exception {
		try (UdpPeer peer = UdpPeer.on((self, packet, _) -> self.echo(packet))) {
			try (RawRequest request = begin("count=10000&interval=%s&target=%s".formatted(interval, peer.address()))) {
				assertThat(request.head()).startsWith("HTTP/1.1 200");
				assertThat(request.line()).contains("\"seq\":1,");
				assertThat(this.http.sum("udp_client_exchanges_in_flight")).isEqualTo(1);
			}
			await().untilAsserted(() -> assertThat(this.http.sum("udp_client_exchanges_in_flight")).isZero());
		}
	}

	/**
	 * What waits behind the request is no end.
	 */
	@Test
	void aClientThatHasAskedForMoreHasNotHungUp() throws Exception {
		try (RawRequest request = begin("count=2&interval=400ms")) {
			request.bytes("GET /livez HTTP/1.1\r\nHost: localhost\r\n\r\n");
			assertThat(request.head()).startsWith("HTTP/1.1 200");
			assertThat(request.line()).contains("\"seq\":1,");
			assertThat(request.line()).contains("\"seq\":2,");
			assertThat(request.line()).contains("\"sent\":2,");
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			count=0                      | count      | from 1 to 10000
			count=10001                  | count      | from 1 to 10000
			interval=0ms                 | interval   | 1 ms to 1 h
			interval=999us               | interval   | 1 ms to 1 h
			interval=61m                 | interval   | 1 ms to 1 h
			interval=-1s                 | interval   | 1 ms to 1 h
			interval=5                   | interval   | is not a duration
			size=0                       | size       | from 1 to 65527
			size=65528                   | size       | from 1 to 65527
			fresh=yes                    | fresh      | true, false
			flows=0                      | flows      | from 1 to 256
			flows=257                    | flows      | from 1 to 256
			flows=2&fresh=true           | flows      | leave out fresh
			flows=2&sourcePort=4000      | flows      | leave out sourcePort
			fresh=true&sourcePort=4000   | fresh      | leave out sourcePort
			size=9&module=echo           | size       | the module echo says how long a datagram is
			size=9&message=a             | size       | the message says how long a datagram is
			message=                     | message    | it is empty
			module=tftp                  | module     | hears the target's port alone
			module=a2s                   | module     | a ping sends the first one alone
			module=nobody                | module     | there is no module
			ttl=3                        | ttl        | there are message, messageHex, messageBase64, module, target, timeout, dscp
			tries=3                      | tries      | there are message, messageHex, messageBase64, module, target, timeout, dscp
			timeout=11s                  | timeout    | 10000 ms
			target=nobody                | target     | port from 1 to 65535
			source=here                  | source     | not an IP address
			""")
	void whatIsNotTakenIsNamed(String body, String field, String takes) throws Exception {
		Map<String, Object> problem = this.http.post(PATH, Http.FORM, body).problem(400);
		assertThat(problem).containsEntry("field", field);
		assertThat(String.valueOf(problem.get("detail"))).startsWith(field + ": ").contains(takes);
	}

	@Test
	void whereNothingCanBeSentThereAreNoLines() throws Exception {
		this.http.post(PATH, Http.FORM, "target=192.0.2.1:53").problem(403);
		assertThat(this.http.post(PATH, Http.FORM, "target=x.invalid:53").problem(502))
				.containsEntry("outcome", "unresolved");
		assertThat(this.http.post(PATH, Http.FORM, "source=192.0.2.1").problem(502))
				.containsEntry("outcome", "not-sent");
		// One exchange may be in flight.
		assertThat(this.http.post(PATH, Http.FORM, "flows=2").problem(503)).containsEntry("title", "saturated");
		assertThat(this.http.sum("udp_client_exchanges_in_flight")).isZero();
	}

}
