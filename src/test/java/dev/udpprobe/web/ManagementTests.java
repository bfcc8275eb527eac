package dev.udpprobe.web;

import java.net.http.HttpRequest.BodyPublishers;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.udpprobe.web.Http.Answer;

import static org.assertj.core.api.Assertions.assertThat;

class ManagementTests extends HttpTests {

	@Test
	void reloadingIsAnsweredByNothing() throws Exception {
		for (String method : new String[]{"POST", "PUT"}) {
			Answer answer = this.http.ask(this.http.request("/-/reload").method(method, BodyPublishers.noBody()));
			assertThat(answer.status()).isEqualTo(200);
			assertThat(answer.bytes()).isEmpty();
		}
		assertThat(this.http.get("/-/reload").status()).isEqualTo(405);
	}

	@Test
	void aPageOfAnotherSiteMayNotHaveItReload() throws Exception {
		assertThat(this.http.ask(this.http.request("/-/reload").header("Sec-Fetch-Site", "cross-site")
				.POST(BodyPublishers.noBody())).problem(403))
				.containsEntry("detail", "a page of another site is not allowed to manage this service");
	}

	@Test
	void aPageOfAnotherSiteMayNeitherProbeNorCheck() throws Exception {
		assertThat(fromElsewhere("/check").problem(403)).containsEntry("title", "cross-site");
		Answer answer = fromElsewhere("/probe");
		assertThat(answer.status()).isEqualTo(403);
		assertThat(answer.text()).isEqualTo("cross-site: a page of another site is not allowed to send datagrams\n");
	}

	private Answer fromElsewhere(String path) throws Exception {
		return this.http.ask(this.http.request(path + "?target=echo&module=word")
				.header("Origin", "http://evil.example"));
	}

	/**
	 * Without configuration, whoever is on this host manages. A proxy on this host asks for others.
	 */
	@ParameterizedTest
	@ValueSource(strings = {"X-Forwarded-For", "Forwarded", "X-Forwarded-Proto", "X-Forwarded-Host"})
	void nobodyManagesByAProxy(String header) throws Exception {
		assertThat(this.http.ask(this.http.request("/-/reload").header(header, "127.0.0.1")
				.POST(BodyPublishers.noBody())).problem(403))
				.containsEntry("type", "urn:udp-probe:not-permitted").containsEntry("detail",
						"without accounts, the service is managed from its own host alone, and not by a proxy");
		assertThat(this.http.ask(this.http.request("/targets").header(header, "127.0.0.1")).status()).isEqualTo(200);
	}

	@Test
	void whatNobodyChecksNobodyRefuses() throws Exception {
		assertThat(this.http.ask(this.http.request("/targets").header("Authorization", "Bearer x")).status())
				.isEqualTo(200);
		assertThat(this.http.get("/sign-in").status()).isEqualTo(404);
	}

	@Test
	void healthIsOneWord() throws Exception {
		Answer answer = this.http.get("/-/healthy");
		assertThat(answer.status()).isEqualTo(200);
		assertThat(answer.header("Content-Type")).startsWith("text/plain");
		assertThat(answer.text()).isEqualTo("Healthy");
	}

	/**
	 * A parameter that nobody heeds would pass as one that does.
	 */
	@ParameterizedTest
	@ValueSource(strings = {"/targets/echo", "/modules", "/probes", "/probes/1", "/-/reload", "/-/healthy"})
	void whatTakesNoQueryRefusesOne(String path) throws Exception {
		assertThat(this.http.get(path + "?limit=3").problem(400)).extractingByKey("detail").asString()
				.isEqualTo(path + " takes no query");
	}

}
