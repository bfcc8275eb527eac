package dev.udpprobe.web;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

@Isolated("keeps all virtual threads busy")
@TestPropertySource(properties = {"udp-probe.http.health-port=0", "server.tomcat.max-connections=4",
		"server.tomcat.accept-count=1"})
class HealthConnectorTests extends HttpTests {

	private static final int CONNECTIONS = 20;

	@Autowired
	private HealthConnector connector;

	@ParameterizedTest
	@ValueSource(strings = {"/send", "/peers", "/targets", "/actuator", "/actuator/health", "/actuator/prometheus",
			"/v3/api-docs", "/", "/livez/", "/livez;a", "//livez", "/livez/../send", "/error"})
	void nothingElseIsAnsweredThere(String path) throws Exception {
		try (RawRequest request = new RawRequest(this.connector.port(), "GET " + path, "Connection: close")) {
			assertThat(request.head()).startsWith("HTTP/1.1 404");
		}
	}

	/**
	 * Each of them has begun a head and does not end it.
	 */
	@Test
	void probesAreAnsweredWhileAllConnectionsAreTaken() throws Exception {
		List<Socket> clients = new ArrayList<>();
		try {
			for (int i = 0; i < CONNECTIONS; i++) {
				Socket client = new Socket();
				clients.add(client);
				connect(client);
			}
			assertThatExceptionOfType(IOException.class).as("the attack works")
					.isThrownBy(() -> answer(clients.getLast()));
			Http health = new Http(this.connector.port());
			assertThat(health.get("/livez").status()).isEqualTo(200);
			await().untilAsserted(() -> assertThat(health.get("/readyz").status()).isEqualTo(200));
		}
		finally {
			for (Socket client : clients) {
				client.close();
			}
		}
	}

	/**
	 * Tomcat waits for the rest of a body once it has answered.
	 */
	@Test
	void slowBodiesKeepNobodyWaiting() throws Exception {
		List<RawRequest> slow = new ArrayList<>();
		try {
			for (int i = 0; i < CONNECTIONS; i++) {
				RawRequest request = new RawRequest(this.connector.port(), "GET /livez", "Content-Length: 1000000");
				slow.add(request);
				request.bytes("x");
			}
			try (RawRequest probe = new RawRequest(this.connector.port(), "GET /livez")) {
				assertThat(probe.head()).startsWith("HTTP/1.1 200");
			}
			for (RawRequest request : slow) {
				assertThat(request.head()).startsWith("HTTP/1.1 400").contains("Connection: close");
			}
		}
		finally {
			for (RawRequest request : slow) {
				request.close();
			}
		}
	}

	@Test
	void probesAreAnsweredWhileVirtualThreadsAreBusy() throws Exception {
		int carriers = Runtime.getRuntime().availableProcessors();
		AtomicInteger busy = new AtomicInteger();
		AtomicBoolean ended = new AtomicBoolean();
		try {
			for (int i = 0; i < 4 * carriers; i++) {
				Thread.startVirtualThread(() -> {
					busy.incrementAndGet();
					while (!ended.get()) {
						Thread.onSpinWait();
					}
				});
			}
			await().until(() -> busy.get() >= carriers);
			try (RawRequest request = new RawRequest(this.connector.port(), "GET /livez")) {
				assertThat(request.head()).startsWith("HTTP/1.1 200");
			}
		}
		finally {
			ended.set(true);
		}
	}

	/**
	 * A client that asks for many answers and reads none would keep a thread.
	 */
	@Test
	void aConnectionIsForOneRequest() throws Exception {
		try (RawRequest request = new RawRequest(this.connector.port(), "GET /livez")) {
			assertThat(request.head()).startsWith("HTTP/1.1 200").contains("Connection: close");
		}
	}

	private void connect(Socket client) throws IOException {
		try {
			client.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), this.port), 100);
			client.getOutputStream().write("GET /livez HTTP/1.1\r\nHost: ".getBytes(StandardCharsets.US_ASCII));
		}
		catch (SocketTimeoutException _) {
			// The queue of those who wait is full, too.
		}
	}

	private static int answer(Socket client) throws IOException {
		client.setSoTimeout(500);
		client.getOutputStream().write("localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
		return client.getInputStream().read();
	}

}
