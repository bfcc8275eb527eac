package dev.udpprobe.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

import dev.udpprobe.testing.FreePorts;
import dev.udpprobe.testing.Java;
import dev.udpprobe.testing.Processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The service in a JVM with little memory, which ends where that is used up.
 */
@Execution(ExecutionMode.CONCURRENT)
class SmallHeapTests {

	private static final int TIMES = 500;

	private static final int NAMES = 600;

	private static final int CONNECTIONS = 6;

	private final int port = FreePorts.tcp();

	private final Http http = new Http(this.port);

	private final Path log;

	private final Process service;

	/**
	 * By itself, the JVM would take a third of the heap for what is new, and then collect all of it again and again.
	 */
	SmallHeapTests(@TempDir Path directory) throws IOException {
		this.log = directory.resolve("log");
		this.service = Processes
				.start(new ProcessBuilder(Java.service(List.of("-Xmx46m", "-Xmn8m"), "--server.address=127.0.0.1",
						"--server.port=" + this.port, "--udp-probe.echo.enabled=false"))
						.redirectErrorStream(true)
						.redirectOutput(this.log.toFile()));
	}

	@BeforeEach
	void awaitReady() {
		await().atMost(Duration.ofMinutes(1))
				.failFast(() -> assertThat(this.service.isAlive()).isTrue())
				.ignoreExceptionsInstanceOf(IOException.class)
				.untilAsserted(() -> assertThat(this.http.get("/readyz").status()).isEqualTo(200));
	}

	@AfterEach
	void stop() {
		this.service.destroyForcibly().onExit().join();
	}

	/** All in one, since a service takes seconds to start. */
	@Test
	void nothingIsKeptOfRequests() throws Exception {
		// The first one takes long, on a busy host longer than the patience with those that follow.
		assertThat(this.http.get("/v3/api-docs").status()).isEqualTo(200);
		for (int i = 0; i < TIMES; i++) {
			String unique = "%08d".formatted(i);
			String path = unique + "x".repeat(7_500) + "/y HTTP/1.1";
			ask("GET /" + path, "GET /webjars/" + path, "GET /swagger-ui/" + path, "GET /%73wagger-ui/" + path,
					"GET /v3/api-docs HTTP/1.1\r\nAccept-Language: en-" + unique);
		}
		namesOfFields();
		valuesBesideFields();
		connections();
		assertThat(this.http.get("/livez").status()).as(this::log).isEqualTo(200);
	}

	private String log() {
		try {
			return Files.readString(this.log);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Asks all at once in a connection.
	 * @param requests each without its end, with further headers or none
	 */
	private void ask(String... requests) throws Exception {
		String all = Stream.of(requests)
				.map((request) -> request + "\r\nHost: localhost\r\n")
				.collect(Collectors.joining("\r\n"));
		try (RawRequest connection = new RawRequest(this.port, List.of(all + "Connection: close"))) {
			assertThat(connection.rest().split("HTTP/1.1 [234]..", -1)).as(this::log).hasSize(requests.length + 1);
		}
	}

	/**
	 * As many as are taken, each with a head that does not end.
	 */
	private void connections() throws IOException {
		List<Socket> all = new ArrayList<>();
		try {
			while (true) {
				Socket one = new Socket();
				all.add(one);
				one.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), this.port), 4_000);
				one.getOutputStream().write("GET /livez HTTP/1.1\r\nHost: ".getBytes(StandardCharsets.US_ASCII));
			}
		}
		catch (SocketTimeoutException _) {
			// Some wait in the kernel.
			assertThat(all).hasSizeBetween(200, 400);
		}
		finally {
			for (Socket one : all) {
				one.close();
			}
		}
	}

	/**
	 * A parser would keep them, for texts with the same names.
	 */
	private void namesOfFields() throws Exception {
		for (int i = 0; i < NAMES; i++) {
			String name = "\u6587".repeat(45_000) + i;
			assertThat(this.http.json("{\"" + name + "\": 1}").status()).as(this::log)
					.isEqualTo(400);
		}
	}

	/**
	 * As objects, they would take many times as much as their text.
	 */
	private void valuesBesideFields() throws Exception {
		String text = "{\"target\":[" + "{},".repeat(125_000) + "{}]}";
		List<RawRequest> requests = new ArrayList<>();
		try {
			for (int i = 0; i < CONNECTIONS; i++) {
				RawRequest request = new RawRequest(this.port, "POST /send", "Content-Type: application/json",
						"Content-Length: " + text.length());
				requests.add(request);
				request.bytes(text.substring(0, text.length() - 1));
			}
			for (RawRequest request : requests) {
				request.bytes("}");
			}
			for (RawRequest request : requests) {
				assertThat(request.head()).startsWith("HTTP/1.1 400");
			}
		}
		finally {
			for (RawRequest request : requests) {
				request.close();
			}
		}
	}

}
