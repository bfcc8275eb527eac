package dev.udpprobe.web;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import dev.udpprobe.UdpProbeApplication;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The rights hold wherever the actuator and the handlers are, and whoever else reads what proxies say.
 */
class RightsOfPathsTests {

	private static ConfigurableApplicationContext start(String... options) {
		return new SpringApplicationBuilder(UdpProbeApplication.class).run(Stream.concat(
				Stream.of("--server.port=0", "--server.address=127.0.0.1", "--udp-probe.echo.port=0",
						"--management.endpoints.web.exposure.include=*",
						"--management.endpoint.shutdown.access=unrestricted"),
				Arrays.stream(options)).toArray(String[]::new));
	}

	private static Http http(ConfigurableApplicationContext service, String port) {
		return new Http(Integer.parseInt(service.getEnvironment().getRequiredProperty(port)));
	}

	/**
	 * Asks as somebody who is not on this host.
	 */
	private static int status(Http http, String request) throws Exception {
		String method = request.substring(0, request.indexOf(' '));
		HttpRequest.Builder builder = http.request(request.substring(request.indexOf(' ') + 1))
				.header("Forwarded", "for=192.0.2.7").method(method, BodyPublishers.noBody());
		return http.ask(builder).status();
	}

	@ParameterizedTest
	@ValueSource(strings = {"/", "", "/actuator", "/a/b"})
	void whereverTheActuatorIs(String base) throws Exception {
		String below = base.equals("/") ? "" : base;
		try (ConfigurableApplicationContext service = start("--management.endpoints.web.base-path=" + base)) {
			Http http = http(service, "local.server.port");
			for (String path : List.of("/livez", below + "/health", below + "/prometheus", below + "/info", "/targets",
					"/")) {
				assertThat(status(http, "GET " + path)).as(path).isEqualTo(200);
			}
			for (String request : List.of("GET /env", "GET /loggers", "POST /loggers/dev", "POST /shutdown",
					"GET /threaddump")) {
				assertThat(status(http, request.replace(" ", " " + below))).as(request).isEqualTo(403);
			}
			assertThat(status(http, "POST /-/reload")).isEqualTo(403);
		}
	}

	@Test
	void onAPortOfItsOwnToo() throws Exception {
		try (ConfigurableApplicationContext service = start("--management.endpoints.web.base-path=/",
				"--management.server.port=0", "--management.server.address=127.0.0.1")) {
			Http management = http(service, "local.management.port");
			assertThat(status(management, "GET /prometheus")).isEqualTo(200);
			assertThat(status(management, "GET /env")).isEqualTo(403);
			assertThat(status(management, "POST /shutdown")).isEqualTo(403);
			Http http = http(service, "local.server.port");
			for (String path : List.of("/livez", "/targets", "/", "/swagger-ui.html", "/v3/api-docs")) {
				assertThat(status(http, "GET " + path)).as(path).isIn(200, 302);
			}
		}
	}

	/**
	 * Nor does it look at what shows one.
	 */
	@Test
	void thePortForHealthTakesNoAccount() throws Exception {
		try (ConfigurableApplicationContext service = start("--udp-probe.http.health-port=0",
				"--udp-probe.security.account-files=" + TestAccounts.create())) {
			Http health = new Http(service.getBean(HealthConnector.class).port());
			for (String account : List.of("Bearer wrong", "Bearer " + TestAccounts.token("view"))) {
				assertThat(health.ask(health.request("/livez").header("Authorization", account)).status())
						.isEqualTo(200);
				assertThat(health.ask(health.request("/targets").header("Authorization", account)).status())
						.isEqualTo(404);
			}
		}
	}

	@Test
	void belowAServletOrAContext() throws Exception {
		for (String option : List.of("--spring.mvc.servlet.path=/x", "--server.servlet.context-path=/x")) {
			try (ConfigurableApplicationContext service = start(option)) {
				Http http = http(service, "local.server.port");
				assertThat(status(http, "GET /x/targets")).as(option).isEqualTo(200);
				assertThat(status(http, "GET /x/actuator/env")).as(option).isEqualTo(403);
				assertThat(status(http, "POST /x/actuator/shutdown")).as(option).isEqualTo(403);
				assertThat(status(http, "POST /x/-/reload")).as(option).isEqualTo(403);
			}
		}
	}

	/**
	 * What somebody says of where they come from makes nobody local.
	 */
	@ParameterizedTest
	@ValueSource(strings = {"native", "framework", "none"})
	void whoeverElseReadsHeadersOfProxies(String strategy) throws Exception {
		try (ConfigurableApplicationContext service = start("--server.forward-headers-strategy=" + strategy)) {
			Http http = http(service, "local.server.port");
			for (String header : List.of("Forwarded: for=127.0.0.1", "X-Forwarded-For: 127.0.0.1",
					"X-Forwarded-For: 127.0.0.1, 10.0.0.5", "X-Real-IP: 127.0.0.1", "Via: 1.1 a")) {
				assertThat(http.ask(http.request("/-/reload").header(header.substring(0, header.indexOf(':')),
						header.substring(header.indexOf(' ') + 1)).POST(BodyPublishers.noBody())).status())
						.as(header).isEqualTo(403);
			}
			assertThat(http.reload()).isEqualTo(200);
		}
	}

	/**
	 * A proxy on this host may send it, and whoever Tomcat takes for a proxy may say in it what he likes.
	 */
	@Test
	void aHeaderThatTomcatBelievesMakesNobodyLocalAndNoOtherAddress() throws Exception {
		try (ConfigurableApplicationContext service = start("--server.tomcat.remoteip.remote-ip-header=X-Client",
				"--udp-probe.security.account-files=" + TestAccounts.create())) {
			Http http = http(service, "local.server.port");
			for (int i = 1; i <= 12; i++) {
				http.ask(http.request("/targets").header("Authorization", "Bearer wrong")
						.header("X-Client", "192.0.2." + i));
			}
			assertThat(http.ask(http.request("/targets").header("Authorization", "Bearer wrong")
					.header("X-Client", "192.0.2.100")).status()).isEqualTo(429);
		}
		try (ConfigurableApplicationContext service = start("--server.tomcat.remoteip.remote-ip-header=X-Client")) {
			Http http = http(service, "local.server.port");
			assertThat(http.reload()).isEqualTo(200);
			assertThat(http.ask(http.request("/-/reload").header("X-Client", "192.0.2.7")
					.POST(BodyPublishers.noBody())).status()).isEqualTo(403);
		}
	}

	/**
	 * Below health, which is open.
	 */
	@Test
	void anEndpointBelowAnotherTakesItsOwnRight() throws Exception {
		try (ConfigurableApplicationContext service = start(
				"--management.endpoints.web.path-mapping.loggers=health/liveness/loggers")) {
			Http http = http(service, "local.server.port");
			assertThat(status(http, "GET /actuator/health/liveness")).isEqualTo(200);
			assertThat(status(http, "GET /actuator/health/liveness/loggers")).isEqualTo(403);
		}
	}

	/**
	 * Its handlers are not the framework's.
	 */
	@Test
	void aPageOfAnotherSiteManagesNothing() throws Exception {
		try (ConfigurableApplicationContext service = start()) {
			Http http = http(service, "local.server.port");
			for (String path : List.of("/actuator/shutdown", "/actuator/loggers/dev", "/-/reload")) {
				assertThat(http.ask(http.request(path).header("Origin", "http://evil.example")
						.POST(BodyPublishers.noBody())).problem(403)).containsEntry("title", "cross-site");
			}
			assertThat(http.get("/livez").status()).isEqualTo(200);
		}
	}

}
