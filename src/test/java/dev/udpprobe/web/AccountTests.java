package dev.udpprobe.web;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import dev.udpprobe.web.Http.Answer;

import static org.awaitility.Awaitility.await;

/**
 * Asks a service with accounts: one for each right, and one that has none.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT, properties = {"udp-probe.echo.port=0",
		"management.endpoints.web.exposure.include=health,info,prometheus,sbom,loggers",
		"udp-probe.http.trusted-proxies=127.0.0.1"})
abstract class AccountTests {

	static final Path FILE = TestAccounts.create();

	@LocalServerPort
	int port;

	Http http = new Http(0);

	@DynamicPropertySource
	static void accounts(DynamicPropertyRegistry properties) {
		properties.add("udp-probe.security.account-files", FILE::toString);
	}

	@BeforeEach
	void connect() {
		this.http = new Http(this.port);
	}

	@AfterEach
	void putBack() throws Exception {
		if (!Files.readString(FILE).equals(TestAccounts.all())) {
			TestAccounts.write(FILE, TestAccounts.all());
			await().until(() -> reload("manage") == 200);
		}
	}

	int reload(String account) throws Exception {
		return ask(request("/-/reload").POST(BodyPublishers.noBody()), bearer(account)).status();
	}

	HttpRequest.Builder request(String path) {
		return this.http.request(path);
	}

	Answer ask(HttpRequest.Builder request, String authorization) throws Exception {
		return this.http.ask(authorization.isEmpty() ? request : request.header("Authorization", authorization));
	}

	Answer get(String path, String authorization) throws Exception {
		return ask(request(path), authorization);
	}

	static String bearer(String account) {
		return "Bearer " + TestAccounts.token(account);
	}

	static String basic(String name, String password) {
		return "Basic " + Base64.getEncoder()
				.encodeToString((name + ":" + password).getBytes(StandardCharsets.UTF_8));
	}

}
