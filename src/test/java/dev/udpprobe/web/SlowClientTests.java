package dev.udpprobe.web;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * A client that goes neither on writing nor on reading loses its connection.
 */
@TestPropertySource(properties = {"server.tomcat.connection-timeout=500ms", "server.tomcat.keep-alive-timeout=20s",
		"server.tomcat.max-keep-alive-requests=-1"})
class SlowClientTests extends HttpTests {

	private static final int REQUESTS = 1_000_000;

	@Autowired
	private BodyBudget budget;

	@ParameterizedTest
	@EnumSource(SendForm.class)
	void aBodyThatDoesNotEndIsAnswered(SendForm form) throws Exception {
		int left = this.budget.left();
		try (RawRequest request = new RawRequest(this.port, "POST /send", "Content-Type: " + form.type(),
				"Content-Length: 60000")) {
			request.bytes("x".repeat(50_000));
			assertThat(request.head()).startsWith("HTTP/1.1 408");
			await().until(() -> this.budget.left() == left);
		}
	}

	@Test
	void aBodyThatTricklesIsNotReadForEver() {
		MockHttpServletRequest request = new MockHttpServletRequest();
		request.setContent(new byte[2]);
		RequestReader reader = new RequestReader(this.budget, Duration.ZERO);
		assertThatExceptionOfType(RequestReader.BodyTooSlowException.class).isThrownBy(() -> reader.body(request));
	}

	/**
	 * The description is long, so the answers fill all buffers on the way.
	 */
	@Test
	@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
	void aClientThatReadsNothingLosesItsConnection() throws Exception {
		try (Socket socket = new Socket()) {
			socket.setReceiveBufferSize(4_096);
			socket.setSendBufferSize(4_096);
			socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), this.port));
			byte[] request = "GET /v3/api-docs HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
			assertThat(written(socket, request)).as("requests taken before the connection ended").isLessThan(REQUESTS);
		}
	}

	private static int written(Socket socket, byte[] request) throws IOException {
		int written = 0;
		try {
			while (written < REQUESTS) {
				socket.getOutputStream().write(request);
				written++;
			}
		}
		catch (SocketException _) {
			return written;
		}
		return written;
	}

}
