package dev.udpprobe.web;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A management port of its own has the same rules.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT, properties = {"udp-probe.echo.port=0",
		"management.server.port=0", "management.endpoints.web.base-path=/manage"})
class ManagementPortTests {

	@LocalServerPort
	int port;

	@LocalManagementPort
	int managementPort;

	@ParameterizedTest
	@CsvSource({"/manage/info, attacker.test, 421", "/manage, attacker.test, 421", "/nothing, attacker.test, 421",
			"/manage/info, localhost, 200", "/manage/health/readiness, attacker.test, 200",
			"/manage/prometheus, attacker.test, 200"})
	void theHostIsChecked(String path, String host, int status) throws Exception {
		assertThat(head(this.managementPort, path, host)).startsWith("HTTP/1.1 " + status)
				.contains("X-Content-Type-Options: nosniff", "Cache-Control: no-store",
						"Content-Security-Policy: default-src 'none'; frame-ancestors 'none'");
	}

	@ParameterizedTest
	@CsvSource({"/livez, attacker.test, 200", "/manage/info, attacker.test, 421", "/targets, attacker.test, 421"})
	void soIsThatOfTheOtherPort(String path, String host, int status) throws Exception {
		assertThat(head(this.port, path, host)).startsWith("HTTP/1.1 " + status);
	}

	@Test
	void whatIsRefusedIsRefusedThereToo() throws Exception {
		assertThat(head(this.managementPort, "/manage/info;a", "localhost")).startsWith("HTTP/1.1 404");
		assertThat(head(this.managementPort, "/manage/info?%zz", "localhost")).startsWith("HTTP/1.1 400");
		try (RawRequest request = new RawRequest(this.managementPort, "GET /manage/info",
				"Content-Type: application/json", "Content-Length: 100000000")) {
			assertThat(request.head()).startsWith("HTTP/1.1 400");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = {"/manage/health", "/manage/info"})
	void jsonEndsWithALineFeedThereToo(String path) throws Exception {
		assertThat(new Http(this.managementPort).get(path).text()).endsWith("}\n");
	}

	@Test
	void headersWithoutUseAreTakenAwayThereToo() throws Exception {
		try (RawRequest request = new RawRequest(this.managementPort, "GET /manage/info",
				"Accept-Language: aa,ab,ac,ad,ae,af,ag,ah,ai,aj,ak")) {
			assertThat(request.head()).startsWith("HTTP/1.1 200");
		}
	}

	private static String head(int port, String path, String host) throws Exception {
		try (RawRequest request = new RawRequest(port, List.of("GET " + path + " HTTP/1.1", "Host: " + host))) {
			return request.head();
		}
	}

}
