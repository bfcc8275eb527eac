package dev.udpprobe.web;

import java.net.http.HttpRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import dev.udpprobe.access.Right;
import dev.udpprobe.web.Http.Answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Which tokens and passwords are right, as the files have them, and what comes of wrong ones.
 */
class ShownAccountTests extends AccountTests {

	static Stream<String> wrong() {
		return Stream.of("Bearer wrong", "bearer wrong", "Bearer", "Bearer a b", "Basic", "Basic !", "Basic " + "YQ==",
				"Digest a", "", " ", bearer("view") + "x", bearer("nobody"), basic("view", "wrong"),
				basic("nobody", TestAccounts.PASSWORD), basic("view", TestAccounts.token("view")),
				"Bearer " + TestAccounts.PASSWORD);
	}

	@ParameterizedTest
	@MethodSource
	void wrong(String authorization) throws Exception {
		// Each from an address of its own.
		HttpRequest.Builder request = request("/targets").header("Authorization", authorization)
				.header("X-Forwarded-For", "192.0.2." + (1 + wrong().toList().indexOf(authorization)));
		Answer answer = this.http.ask(request);
		assertThat(answer.problem(401)).containsEntry("type", "urn:udp-probe:unauthenticated");
		assertThat(answer.response().headers().allValues("WWW-Authenticate")).hasSize(2)
				.anyMatch((challenge) -> challenge.startsWith("Bearer realm="))
				.contains("Basic realm=\"udp-probe\", charset=\"UTF-8\"");
		assertThat(answer.text()).doesNotContain(TestAccounts.PASSWORD).doesNotContain("0123456789");
	}

	@Test
	void twoAtOnceAreNone() throws Exception {
		HttpRequest.Builder request = request("/targets").header("X-Forwarded-For", "192.0.2.220")
				.header("Authorization", bearer("view"));
		assertThat(ask(request, bearer("manage")).status()).isEqualTo(401);
	}

	@Test
	void theNameOfASchemeHasNoCase() throws Exception {
		assertThat(get("/targets", "bEARER  " + TestAccounts.token("view")).status()).isEqualTo(200);
		assertThat(get("/targets", basic("view", TestAccounts.PASSWORD).replace("Basic", "BASIC")).status())
				.isEqualTo(200);
	}

	/**
	 * A scrape is not let down by what others behind its address try.
	 */
	@Test
	void wrongOnesAreSlowedAndRightTokensAreNot() throws Exception {
		Map<Integer, Integer> answers = new LinkedHashMap<>();
		for (int i = 0; i < 20; i++) {
			answers.merge(from("192.0.2.200", "Bearer wrong").status(), 1, Integer::sum);
		}
		assertThat(answers.keySet()).containsExactly(401, 429);
		assertThat(answers.get(401)).isBetween(10, 12);
		Answer slowed = from("192.0.2.200", basic("view", TestAccounts.PASSWORD));
		assertThat(slowed.problem(429)).containsEntry("title", "too-many-attempts");
		assertThat(slowed.header("Retry-After")).isEqualTo("6");
		assertThat(from("192.0.2.200", bearer("view")).status()).isEqualTo(200);
		assertThat(from("192.0.2.201", basic("view", TestAccounts.PASSWORD)).status()).isEqualTo(200);
	}

	/**
	 * The whole network that a host has is one.
	 */
	@Test
	void theAddressesOfANetworkAreOne() throws Exception {
		for (int i = 1; i <= 12; i++) {
			from("2001:db8:1:2::" + i, "Bearer wrong");
		}
		assertThat(from("2001:db8:1:2:ffff::1", "Bearer wrong").status()).isEqualTo(429);
		assertThat(from("2001:db8:1:3::1", "Bearer wrong").status()).isEqualTo(401);
	}

	private Answer from(String address, String authorization) throws Exception {
		return ask(request("/targets").header("X-Forwarded-For", address), authorization);
	}

	@Test
	void tokensAreReadAgain() throws Exception {
		assertThat(get("/targets", bearer("view")).status()).isEqualTo(200);
		TestAccounts.write(FILE, TestAccounts.account("view", List.of(Right.ASK))
				+ TestAccounts.account("late", List.of(Right.VIEW, Right.MANAGE)));
		await().until(() -> get("/targets", bearer("view")).status() == 403);
		assertThat(get("/targets", bearer("late")).status()).isEqualTo(200);
		assertThat(get("/targets", bearer("ask")).status()).isEqualTo(401);
		assertThat(get("/targets", basic("late", TestAccounts.PASSWORD)).status()).isEqualTo(200);
	}

	/**
	 * They are read at once where somebody asks for it.
	 */
	@Test
	void aBrokenFileKeepsTheAccounts() throws Exception {
		for (String broken : List.of("- {name: a", "[]: 1", "", "- {name: view, rights: [all]}",
				TestAccounts.account("a b", List.of()))) {
			TestAccounts.write(FILE, broken);
			assertThat(reload("manage")).as(broken).isEqualTo(500);
			assertThat(get("/targets", bearer("view")).status()).as(broken).isEqualTo(200);
			assertThat(get("/actuator/prometheus", bearer("view")).text())
					.contains("\nudp_probe_config_last_reload_successful 0.0\n");
		}
	}

}
