package dev.udpprobe.web;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

import dev.udpprobe.UdpProbeApplication;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who only knows the port gets to the page of all requests.
 */
class RootTests extends HttpTests {

	@ParameterizedTest
	@CsvSource({"GET /, /swagger-ui.html", "HEAD /, /swagger-ui.html", "GET /?a=b+c, /swagger-ui.html",
			"GET /swagger-ui.html, /swagger-ui/index.html"})
	void itLeadsToSwaggerUi(String asked, String location) throws Exception {
		assertRedirect(this.port, asked, location);
	}

	@Test
	void itDoesSoBelowAPathOfItsOwn() throws Exception {
		try (ConfigurableApplicationContext service = start("--server.servlet.context-path=/probe")) {
			int port = port(service);
			assertRedirect(port, "GET /probe/", "/probe/swagger-ui.html");
			assertRedirect(port, "GET /probe", "/probe/");
			assertThat(head(port, "GET /")).startsWith("HTTP/1.1 404");
		}
	}

	@Test
	void withoutSwaggerUiThereIsNothing() throws Exception {
		try (ConfigurableApplicationContext service = start("--springdoc.swagger-ui.enabled=false")) {
			assertThat(head(port(service), "GET /")).startsWith("HTTP/1.1 404");
		}
	}

	private static void assertRedirect(int port, String asked, String location) throws Exception {
		assertThat(head(port, asked)).startsWith("HTTP/1.1 302")
				.containsPattern("(?m)^Location: (http://[^/]+)?\\Q" + location + "\\E\\s*$");
	}

	private static String head(int port, String asked) throws Exception {
		try (RawRequest request = new RawRequest(port, asked)) {
			return request.head();
		}
	}

	private static int port(ConfigurableApplicationContext service) {
		return Integer.parseInt(service.getEnvironment().getRequiredProperty("local.server.port"));
	}

	private static ConfigurableApplicationContext start(String option) {
		return SpringApplication.run(UdpProbeApplication.class,
				"--server.address=127.0.0.1", "--server.port=0", "--udp-probe.echo.port=0", option);
	}

}
