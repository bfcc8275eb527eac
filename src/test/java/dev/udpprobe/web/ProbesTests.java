package dev.udpprobe.web;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import dev.udpprobe.web.Http.Answer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is remembered of probes.
 */
class ProbesTests extends HttpTests {

	private JsonNode probes() throws Exception {
		return JsonMapper.shared().readTree(this.http.get("/probes").bytes());
	}

	@Test
	void theLastProbeStandsFirstAndHasItsLog() throws Exception {
		this.http.get("/probe?target=echo&module=word");
		this.http.get("/probe?target=closed&module=word");
		JsonNode last = probes().path(0);
		assertThat(last.path("target").asString()).isEqualTo("closed");
		assertThat(last.path("module").asString()).isEqualTo("word");
		assertThat(last.path("success").asBoolean(true)).isFalse();
		assertThat(last.path("outcome").asString()).isEqualTo("refused");
		assertThat(probes().path(1).path("success").asBoolean()).isTrue();
		JsonNode one = JsonMapper.shared().readTree(this.http.get("/probes/" + last.path("id").asLong()).bytes());
		assertThat(one.path("probe")).isEqualTo(last);
		assertThat(one.path("exchange").path("verdict").asString()).isEqualTo("fail");
		assertThat(one.path("log").valueStream().map(JsonNode::asString)).hasSize(4)
				.last().asString().contains("failure: closed (" + REFUSING.address() + ") refused");
		Answer text = this.http
				.ask(this.http.request("/probes/" + last.path("id").asLong()).header("Accept", "text/plain"));
		assertThat(text.text()).startsWith("Logs for the probe:\n").contains("probe_success 0.0");
	}

	@Test
	void aFailureOutlivesAHundredOthers() throws Exception {
		this.http.get("/probe?target=closed&module=digit&module.message=3");
		long failed = probes().path(0).path("id").asLong();
		this.http.get("/probe?target=echo&module=word");
		long passed = probes().path(0).path("id").asLong();
		for (int i = 0; i < 100; i++) {
			this.http.get("/probe?target=echo&module=word");
		}
		List<Long> ids = probes().valueStream().map((probe) -> probe.path("id").asLong()).toList();
		assertThat(ids).contains(failed).doesNotContain(passed).hasSizeBetween(101, 200);
		this.http.get("/probes/" + passed).problem(404);
		assertThat(this.http.get("/probes/" + failed).status()).isEqualTo(200);
	}

	@ParameterizedTest
	@ValueSource(strings = {"0", "-1", "x", "99999999999999999999", "1e3"})
	void whatIsNotKeptIsNotFound(String id) throws Exception {
		Map<String, Object> problem = this.http.get("/probes/" + id).problem(404);
		assertThat(problem).containsEntry("title", "no-probe");
	}

	@Test
	void aListIsATableForAPerson() throws Exception {
		this.http.get("/probe?target=closed&module=word");
		Answer table = this.http.ask(this.http.request("/probes").header("Accept", "text/plain"));
		assertThat(table.text().lines().toList().get(1)).matches(
				" *\\d+  [-\\d]{10}T[:\\d]{8}\\.\\d{3}Z  fail     word +closed \\(" + REFUSING.address()
						+ "\\) refused: .*");
	}

	@Test
	void atAFullSecondTheColumnsAreTheSame() {
		String table = ProbesController
				.table(List.of(new ProbesController.ProbeView(1, Instant.parse("2026-01-02T03:04:05Z"), "echo",
						"echo", true, "replied", 0.1, "echo replied.")));
		assertThat(table.lines().toList())
				.element(1)
				.asString()
				.contains("       1  2026-01-02T03:04:05.000Z  pass     echo ");
	}

	@Test
	void noSecretIsKept() throws Exception {
		this.http.get("/probe?target=echo&module=secretive");
		long id = probes().path(0).path("id").asLong();
		for (String path : List.of("/probes", "/probes/" + id)) {
			assertThat(this.http.get(path).text()).contains("secretive").doesNotContain("s3cret", "733363726574",
					"czNjcmV0");
		}
	}

	/**
	 * Of a hundred long ones, the memory would be full of what peers say.
	 */
	@Test
	void aLongReplyIsNotKept() throws Exception {
		this.http.get("/probe?target=echo&module=any&module.message=" + "x".repeat(300));
		assertThat(last().path("reply").asString()).hasSize(304);
		this.http.get("/probe?target=echo&module=echo&module.size=3000");
		assertThat(last().path("bytesReceived").asInt()).isEqualTo(3_004);
		assertThat(last().has("reply")).isFalse();
		try (UdpPeer peer = UdpPeer.answering(new byte[3_000])) {
			this.http.ask(this.http.request("/probe?module=word&target=" + peer.address())
					.header("X-Prometheus-Scrape-Timeout-Seconds", "2"));
		}
		assertThat(last().path("outcome").asString()).isEqualTo("mismatched");
		assertThat(last().path("bytesReceived").asInt()).isEqualTo(3_000);
		assertThat(last().has("reply")).isFalse();
	}

	/**
	 * Of the text before it, so much is kept that the end of the secret is not.
	 */
	@Test
	void noPartOfASecretIsKept() throws Exception {
		this.http.get("/probe?target=echo&module=farsecret");
		long id = probes().path(0).path("id").asLong();
		assertThat(this.http.get("/probes/" + id).text()).contains("farsecret", "2a2a2a2a...")
				.doesNotContain("733363", "s3c");
	}

	private JsonNode last() throws Exception {
		long id = probes().path(0).path("id").asLong();
		return JsonMapper.shared().readTree(this.http.get("/probes/" + id).bytes()).path("exchange");
	}

}
