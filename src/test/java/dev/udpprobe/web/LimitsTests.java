package dev.udpprobe.web;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import dev.udpprobe.access.Right;
import dev.udpprobe.testing.ReadsLog;
import dev.udpprobe.web.Http.Answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Limits of what one account asks, and what the audit log says of all that ask.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT, properties = {"udp-probe.echo.port=0",
		"udp-probe.http.trusted-proxies=127.0.0.1", "udp-probe.security.requests-at-once=1",
		"udp-probe.security.requests-per-second=1000", "udp-probe.security.everybody=ask",
		"logging.level.udp-probe.audit=info"})
@ReadsLog
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LimitsTests {

	static final UdpPeer SILENT = UdpPeer.silent();

	static final Path FILE = TestAccounts.create();

	@LocalServerPort
	int port;

	private Http http = new Http(0);

	@DynamicPropertySource
	static void accounts(DynamicPropertyRegistry properties) {
		TestAccounts.write(FILE, TestAccounts.account("alice", List.of(Right.ASK)));
		properties.add("udp-probe.security.account-files", FILE::toString);
	}

	@BeforeEach
	void connect() {
		this.http = new Http(this.port);
	}

	private Answer send(String form, String from, String authorization) throws Exception {
		java.net.http.HttpRequest.Builder request = this.http.request("/send").header("Content-Type", Http.FORM)
				.header("X-Forwarded-For", from);
		if (!authorization.isEmpty()) {
			request.header("Authorization", authorization);
		}
		return this.http.ask(request.POST(BodyPublishers.ofString(form)));
	}

	@Test
	void oneRequestAtOnceIsAllThatAnAddressHas(CapturedOutput output) throws Exception {
		try (RawRequest lines = RawRequest.chunked(this.port, "POST /send/lines",
				Http.TEXT + "\r\nX-Forwarded-For: 192.0.2.7")) {
			lines.chunk("hello\n");
			assertThat(lines.head()).startsWith("HTTP/1.1 200");
			Answer refused = send("message=a", "192.0.2.7", "");
			assertThat(refused.problem(429)).containsEntry("type", "urn:udp-probe:too-many-requests");
			assertThat(refused.header("Retry-After")).isEqualTo("1");
			Answer probe = this.http.ask(this.http.request("/probe?target=echo&module=echo")
					.header("X-Forwarded-For", "192.0.2.7"));
			assertThat(probe.status()).isEqualTo(429);
			assertThat(probe.header("Content-Type")).startsWith("text/plain");
			assertThat(send("message=a", "192.0.2.8", "").status()).isEqualTo(200);
			assertThat(send("message=a", "192.0.2.7", "Bearer " + TestAccounts.token("alice")).status()).isEqualTo(200);
		}
		await().untilAsserted(() -> assertThat(send("message=a", "192.0.2.7", "").status()).isEqualTo(200));
		await().untilAsserted(() -> assertThat(lines(output)).anyMatch((line) -> line.contains(
				"account=- from=192.0.2.7 right=ask request=\"POST /send/lines\" target=- outcome=\"1 lines\" status=200")));
	}

	@Test
	void whatAsksIsLoggedWithoutPayloads(CapturedOutput output) throws Exception {
		assertThat(this.http.ask(this.http.request("/sign-out").header("X-Forwarded-For", "192.0.2.9")
				.POST(BodyPublishers.noBody())).status()).isEqualTo(204);
		send("message=s3cret&target=echo", "192.0.2.9", "Bearer " + TestAccounts.token("alice"));
		send("message=s3cret&target=a%22b%0A%20c:9", "192.0.2.9", "");
		send("message=s3cret", "192.0.2.9", "Bearer wr0ng");
		this.http.ask(this.http.request("/-/reload").header("X-Forwarded-For", "192.0.2.9")
				.POST(BodyPublishers.noBody()));
		await().untilAsserted(() -> assertThat(lines(output)).filteredOn((line) -> line.contains("192.0.2.9"))
				.extracting((line) -> line.replaceAll(" millis=\\d+$", "").replaceAll("^.*: ", ""))
				.containsExactly(
						"account=alice from=192.0.2.9 right=ask request=\"POST /send\" target=echo outcome=replied status=200",
						"account=- from=192.0.2.9 right=ask request=\"POST /send\" target=\"a\\\"b? c:9\" outcome=bad-request status=400",
						"account=- from=192.0.2.9 right=ask request=\"POST /send\" target=- outcome=unauthenticated status=401",
						"account=- from=192.0.2.9 right=manage request=\"POST /-/reload\" target=- outcome=unauthenticated status=401"));
		assertThat(output.getAll()).doesNotContain("s3cret").doesNotContain("wr0ng");
	}

	/** Last, since it uses up the lines that the others count. */
	@Test
	@Order(Integer.MAX_VALUE)
	void whatIsRefusedInFrontOfAllIsLoggedAndKeepsNothingElseOut(CapturedOutput output) throws Exception {
		for (int i = 0; i < 5_000 && lines(output).noneMatch((line) -> line.contains(" leftOut=")); i++) {
			try (RawRequest odd = new RawRequest(this.port, List.of("POST /send HTTP/1.1", "Host: evil.example",
					"X-Forwarded-For: 192.0.2.10", "Content-Length: 0"))) {
				assertThat(odd.head()).startsWith("HTTP/1.1 421");
			}
		}
		assertThat(lines(output)).anyMatch((line) -> line.contains(" leftOut="));
		for (int i = 0; i < 10; i++) {
			assertThat(send("message=a", "192.0.2.11", "Bearer " + TestAccounts.token("alice")).status())
					.isEqualTo(200);
		}
		await().untilAsserted(() -> assertThat(lines(output))
				.anyMatch((line) -> line.contains(
						"account=- from=192.0.2.10 right=ask request=\"POST /send\" target=- outcome=host status=421"))
				.filteredOn((line) -> line.contains("account=alice from=192.0.2.11")).hasSize(10));
		try (RawRequest odd = new RawRequest(this.port, "GET /x;a=%zz")) {
			assertThat(odd.head()).startsWith("HTTP/1.1 404");
		}
	}

	private static Stream<String> lines(CapturedOutput output) {
		return output.getAll().lines().filter((line) -> line.contains("udp-probe.audit"));
	}

}
