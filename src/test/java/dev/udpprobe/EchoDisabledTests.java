package dev.udpprobe;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import dev.udpprobe.server.UdpServer;
import dev.udpprobe.web.Http;
import dev.udpprobe.web.UdpPeer;

import static org.assertj.core.api.Assertions.assertThat;

@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT, properties = "udp-probe.echo.enabled=false")
class EchoDisabledTests {

	/** Whoever bound its port as well would have failed to start. */
	private static final UdpPeer OTHER = UdpPeer.silent();

	@LocalServerPort
	private int port;

	@Autowired
	private ApplicationContext context;

	private Http http = new Http(0);

	@DynamicPropertySource
	static void portOfAnother(DynamicPropertyRegistry properties) {
		properties.add("udp-probe.echo.address", () -> "127.0.0.1");
		properties.add("udp-probe.echo.port", OTHER::port);
	}

	@BeforeEach
	void connect() {
		this.http = new Http(this.port);
	}

	@Test
	void thereIsNoSocket() throws Exception {
		assertThat(this.context.getBeanProvider(UdpServer.class)).isEmpty();
		assertThat(this.http.get("/peers").text()).isEqualTo("[]\n");
		assertThat(this.http.get("/targets").text()).isEqualTo("[]\n");
	}

	@Test
	void healthIsUnknownAndTheServiceReady() throws Exception {
		JsonNode health = JsonMapper.shared().readTree(this.http.get("/actuator/health").bytes());
		JsonNode echo = health.path("components").path("echo");
		assertThat(echo.path("status").asString()).isEqualTo("UNKNOWN");
		assertThat(echo.path("details").path("enabled")).hasToString("false");
		assertThat(health.path("status").asString()).isEqualTo("UP");
		assertThat(this.http.get("/actuator/health/readiness").status()).isEqualTo(200);
	}

	@Test
	void aRequestMustNameItsTarget() throws Exception {
		assertThat(this.http.form("message=hello").problem(400)).containsEntry("field", "target")
				.extractingByKey("detail").asString().contains("no default target", "host:port").doesNotContain("echo");
		assertThat(this.http.post("/send/lines", Http.TEXT, "hello\n").problem(400)).containsEntry("field", "target");
		assertThat(this.http.form("message=hello&target=echo").problem(400)).containsEntry("field", "target");
	}

	@Test
	void theClientWorksWithoutIt() throws Exception {
		try (UdpPeer peer = UdpPeer.answering(new byte[]{'o', 'k'})) {
			assertThat(this.http.form("message=hello&target=" + peer.address()).json()).containsEntry("reply", "ok");
		}
	}

	@Test
	void itsMetersStayAtZeroAndNoneSaysThatItShouldListen() throws Exception {
		assertThat(this.http.sum("udp_echo_")).isZero();
		assertThat(this.http.samples("udp_echo_listening")).isEmpty();
		assertThat(this.http.samples("udp_").keySet()).contains("udp_echo_datagrams_received_total")
				.noneMatch((name) -> name.startsWith("udp_client_") && name.contains("\"echo\""));
	}

}
