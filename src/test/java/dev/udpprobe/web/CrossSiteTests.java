package dev.udpprobe.web;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

import dev.udpprobe.web.Http.Answer;

import static org.assertj.core.api.Assertions.assertThat;

class CrossSiteTests extends HttpTests {

	@Autowired
	RequestMappingHandlerMapping requestMappingHandlerMapping;

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
	@ValueSource(strings = {"http://evil.example", "null", "http://localhost:1", "http://127.0.0.1",
			"http://127.0.0.1:1",
			"http://evil.example/localhost", "file://", ""})
	void aPageOfAnotherOriginMaySendNothingWhereTheBrowserSaysNoMore(String origin) throws Exception {
		assertThat(post("/send", Http.FORM, "Origin", origin).problem(403)).containsEntry("type",
				"urn:udp-probe:cross-site");
	}

	@Test
	void thePageOfThisOriginMay() throws Exception {
		String own = "http://" + this.http.request("/send").build().uri().getAuthority();
		assertThat(post("/send", Http.FORM, "Origin", own).status()).isEqualTo(200);
	}

	/**
	 * Of what a page shows or links, a browser that says neither tells by Referer.
	 */
	@ParameterizedTest
	@CsvSource({"http://evil.example/page, 403", "http://%s.evil.example/, 403", "about:client, 403",
			"http://%s/docs, 200",
			"http://%s, 200", "https://%s/, 200"})
	void aPageOfAnotherOriginShowsNoProbe(String page, int status) throws Exception {
		for (String path : List.of("/probe", "/check")) {
			HttpRequest.Builder request = this.http.request(path + "?target=echo&module=echo");
			request.header("Referer", page.formatted(request.build().uri().getAuthority()));
			assertThat(this.http.ask(request).status()).isEqualTo(status);
		}
	}

	@Test
	void oneForeignOriginAmongSeveralIsForeign() throws Exception {
		String own = "http://" + this.http.request("/send").build().uri().getAuthority();
		for (List<String> origins : List.of(List.of(own, "null"), List.of("http://evil.example", own))) {
			HttpRequest.Builder request = this.http.request("/send").header("Content-Type", Http.FORM);
			origins.forEach((origin) -> request.header("Origin", origin));
			this.http.ask(request.POST(BodyPublishers.ofString("message=a"))).problem(403);
		}
		HttpRequest.Builder request = this.http.request("/send").header("Content-Type", Http.FORM);
		List.of("same-origin", "cross-site").forEach((site) -> request.header("Sec-Fetch-Site", site));
		this.http.ask(request.POST(BodyPublishers.ofString("message=a"))).problem(403);
	}

	/**
	 * Handlers that read send nothing. One of another method that sends nothing would have to be
	 * named here.
	 */
	@Test
	void everyHandlerThatDoesNotOnlyReadIsProtected() {
		Set<RequestMethod> reading = Set.of(RequestMethod.GET, RequestMethod.HEAD, RequestMethod.OPTIONS);
		Map<RequestMappingInfo, HandlerMethod> writing = new HashMap<>(
				this.requestMappingHandlerMapping.getHandlerMethods());
		writing.entrySet().removeIf((entry) -> {
			Set<RequestMethod> methods = entry.getKey().getMethodsCondition().getMethods();
			return !methods.isEmpty() && reading.containsAll(methods);
		});
		assertThat(writing.keySet()).extracting(Object::toString)
				.anySatisfy((text) -> assertThat(text).contains("/send/lines"));
		writing.values().removeIf((handler) -> handler.getBeanType() == ErrorsController.class);
		assertThat(writing.values()).hasSize(10)
				.allMatch((handler) -> HandlerRights.guarded(handler) != null);
	}

	@ParameterizedTest
	@ValueSource(strings = {"/peers", "/targets", "/targets/echo", "/discovery/targets", "/actuator/health"})
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
