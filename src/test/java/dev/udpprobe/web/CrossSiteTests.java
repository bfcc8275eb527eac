package dev.udpprobe.web;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.udpprobe.web.Http.Answer;

import static org.assertj.core.api.Assertions.assertThat;

class CrossSiteTests extends HttpTests {

	@ParameterizedTest
	@ValueSource(strings = {"cross-site", "same-site", "anything"})
	void aPageOfAnotherSiteMaySendNothing(String site) throws Exception {
		Map<String, Double> before = this.http.samples("udp_client_");
		for (SendForm form : SendForm.values()) {
			assertThat(post("/send", form.type(), site).problem(403)).containsEntry("type", "urn:udp-probe:cross-site");
		}
		post("/send/lines", Http.TEXT, site).problem(403);
		assertThat(this.http.samples("udp_client_")).isEqualTo(before);
	}

	@ParameterizedTest
	@ValueSource(strings = {"same-origin", "none"})
	void theOwnPageAndThePersonAtTheBrowserMay(String site) throws Exception {
		assertThat(post("/send", Http.FORM, site).status()).isEqualTo(200);
		assertThat(post("/send/lines", Http.TEXT, site).text()).isEqualTo("Hi, message=a\n");
	}

	@ParameterizedTest
	@ValueSource(strings = {"http://evil.example", "null", "http://localhost:1", "http://evil.example/localhost"})
	void aPageOfAnotherOriginMaySendNothingWhereTheBrowserSaysNoMore(String origin) throws Exception {
		assertThat(post("/send", Http.FORM, "Origin", origin).problem(403)).containsEntry("type",
				"urn:udp-probe:cross-site");
	}

	@Test
	void thePageOfThisOriginMay() throws Exception {
		String own = "http://" + this.http.request("/send").build().uri().getAuthority();
		assertThat(post("/send", Http.FORM, "Origin", own).status()).isEqualTo(200);
	}

	@ParameterizedTest
	@ValueSource(strings = {"/peers", "/targets", "/actuator/health"})
	void lookingIsFree(String path) throws Exception {
		assertThat(this.http.ask(this.http.request(path).header("Sec-Fetch-Site", "cross-site")).status())
				.isEqualTo(200);
	}

	private Answer post(String path, String type, String site) throws Exception {
		return post(path, type, "Sec-Fetch-Site", site);
	}

	private Answer post(String path, String type, String header, String value) throws Exception {
		return this.http.ask(this.http.request(path)
				.header(header, value)
				.header("Content-Type", type)
				.POST(BodyPublishers.ofString("message=a")));
	}

}
