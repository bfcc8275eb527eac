package dev.udpprobe.web;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.udpprobe.testing.ExternalTool;
import dev.udpprobe.testing.FreePorts;
import dev.udpprobe.web.Http.Answer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A request says from which local port it sends.
 */
class SourcePortTests extends HttpTests {

	@ParameterizedTest
	@EnumSource(SendForm.class)
	void theDatagramLeavesFromThatPortEachTime(SendForm form) throws Exception {
		String port = Integer.toString(FreePorts.udp());
		try (UdpPeer peer = UdpPeer.silent()) {
			for (int i = 0; i < 3; i++) {
				Map<String, String> options = Map.of("target", peer.address(), "sourcePort", port, "timeout", "20ms");
				assertThat(((form == SendForm.JSON) ? json(options) : form.send(this.http, "hello", options)).status())
						.isEqualTo(504);
				assertThat(((InetSocketAddress) peer.receive().getSocketAddress()).getPort()).hasToString(port);
			}
		}
	}

	/** In JSON, it is a number. */
	private Answer json(Map<String, String> options) throws IOException, InterruptedException {
		return this.http.json("{\"message\": \"hello\", \"target\": \"%s\", \"timeout\": \"%s\", \"sourcePort\": %s}"
				.formatted(options.get("target"), options.get("timeout"), options.get("sourcePort")));
	}

	@ParameterizedTest
	@ValueSource(strings = {"/send", "/trace", "/mtu"})
	void aPortThatIsTakenIsAProblemThatSaysSo(String path) throws Exception {
		if (!path.equals("/send")) {
			ExternalTool.requireKernelDetail();
		}
		double sent = this.http.sum("udp_client_datagrams_sent_total");
		try (UdpPeer other = UdpPeer.silent()) {
			String message = path.equals("/send") ? "message=hello&" : "";
			Map<String, Object> problem = this.http
					.post(path, Http.FORM, message + "source=127.0.0.1&sourcePort=" + other.port())
					.problem(400);
			assertThat(problem).containsEntry("field", "sourcePort")
					.containsEntry("detail", "sourcePort: the local port %d cannot be used: Address already in use"
							.formatted(other.port()));
		}
		assertThat(this.http.sum("udp_client_datagrams_sent_total")).isEqualTo(sent);
		assertThat(this.http.sum("udp_client_exchanges_in_flight")).isZero();
	}

	@Test
	void linesSayWhenThePortIsTakenMeanwhile() throws Exception {
		int port = FreePorts.udp();
		try (RawRequest request = RawRequest.chunked(this.port, "POST /send/lines?source=127.0.0.1&sourcePort=" + port,
				Http.TEXT)) {
			request.chunk("one\n");
			assertThat(request.head()).startsWith("HTTP/1.1 200");
			assertThat(request.line()).isEqualTo("Hi, one");
			try (DatagramSocket other = new DatagramSocket(
					new InetSocketAddress(InetAddress.getLoopbackAddress(), port))) {
				assertThat(other.isBound()).isTrue();
				request.chunk("two\n");
				assertThat(request.line()).startsWith("! bad-request: the local port " + port);
			}
			request.chunk("three\n");
			assertThat(request.line()).isEqualTo("Hi, three");
		}
	}

	/** Connected to itself, a socket would hear what it says. */
	@Test
	void aTargetDoesNotAnswerItself() throws Exception {
		int port = FreePorts.udp();
		assertThat(this.http.form("message=hello&target=127.0.0.1:%1$d&sourcePort=%1$d".formatted(port)).problem(400))
				.extractingByKey("detail")
				.asString()
				.contains("it is the target's");
	}

}
