package dev.udpprobe.metrics;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.integration.ip.udp.inbound.AbstractInternetProtocolReceivingChannelAdapter;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import dev.udpprobe.web.Http.Answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class HealthTests extends MeteredTests {

	@Autowired
	private AbstractInternetProtocolReceivingChannelAdapter echoInbound;

	@Test
	void echoIsUpAndSaysItsPort() throws Exception {
		JsonNode echo = health("", 200).path("components").path("echo");
		assertThat(echo.path("status").asString()).isEqualTo("UP");
		assertThat(echo.path("details").path("port").asInt()).isPositive().isEqualTo(this.echoServer.port());
	}

	@Test
	void readinessIncludesEchoAndLivenessDoesNot() throws Exception {
		assertThat(health("/readiness", 200).path("components").propertyNames())
				.containsExactlyInAnyOrder("readinessState", "echo", "client");
		assertThat(health("/liveness", 200).path("components").propertyNames())
				.containsExactlyInAnyOrder("livenessState", "client");
	}

	@Test
	void anEchoServerThatDoesNotListenIsDownAndTheServiceNotReadyButAlive() throws Exception {
		this.echoInbound.stop();
		try {
			JsonNode echo = health("/readiness", 503).path("components").path("echo");
			assertThat(echo.path("status").asString()).isEqualTo("DOWN");
			assertThat(echo.path("details").path("reason").asString()).isEqualTo("it has been stopped");
			health("/liveness", 200);
		}
		finally {
			this.echoInbound.start();
		}
		await().untilAsserted(this::echoIsUpAndSaysItsPort);
	}

	@Test
	void itsGaugeIsOneWhileItListensAndZeroWhenItDoesNot() throws Exception {
		assertThat(listening()).isOne();
		this.echoInbound.stop();
		try {
			await().untilAsserted(() -> assertThat(listening()).isZero());
		}
		finally {
			this.echoInbound.start();
		}
		assertThat(listening()).isOne();
	}

	private double listening() throws Exception {
		Map<String, Double> samples = http().samples("udp_echo_listening");
		assertThat(samples).containsOnlyKeys("udp_echo_listening");
		return samples.values().iterator().next();
	}

	private JsonNode health(String group, int status) throws Exception {
		Answer answer = http().get("/actuator/health" + group);
		assertThat(answer.status()).as(answer.text()).isEqualTo(status);
		return JsonMapper.shared().readTree(answer.bytes());
	}

}
