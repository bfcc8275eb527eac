package dev.udpprobe.page;

import java.nio.charset.StandardCharsets;
import java.util.List;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.core.io.ClassPathResource;
import org.webjars.WebJarVersionLocator;
import tools.jackson.databind.JsonNode;

import dev.udpprobe.web.UdpPeer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What axe finds in each view: nothing, light and dark, wide and narrow.
 */
class AccessiblePageTests extends BrowserPageTests {

	private static final UdpPeer CLOSED = UdpPeer.refusing();

	private static final UdpPeer SILENT = UdpPeer.silent();

	private static final String RUN = """
			const result = await axe.run(document, {resultTypes: ['violations', 'incomplete'], runOnly:
				['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})
			return {passes: result.passes.length, violations: result.violations.map((violation) => violation.id + ': '
				+ violation.nodes.map((node) => node.html + ' ' + node.failureSummary).join('; '))}""";

	@ParameterizedTest
	@CsvSource({"light, 1280", "dark, 1280", "light, 390", "dark, 390"})
	void nothingIsWrong(String scheme, int width) throws Exception {
		monitor("""
				- targets: ["%s"]
				  labels: {__name: closed, __module: dns, site: fra}
				- targets: ["%s"]
				  labels: {__name: silent, __module: echo}
				""".formatted(CLOSED.address(), SILENT.address()));
		page().look(scheme, width);
		page().open("");
		page().awaitText(".summary", "2 down");
		findsNothing();
		page().open("#/targets/closed");
		page().awaitText(".changes", "refused");
		findsNothing();
		page().open("#/echo");
		page().awaitText(".headline", "listening");
		findsNothing();
		for (String how : List.of("", "&how=ping&count=2&interval=10ms", "&how=trace", "&how=mtu")) {
			page().ask("target=%s%s".formatted(how.isEmpty() ? CLOSED.address() : "echo", how));
			page().awaitText("section", how.isEmpty() ? "not told" : how.contains("ping") ? "median" : "bytes");
			findsNothing();
		}
		page().ask("target=nobody");
		page().awaitText(".problem", "bad request");
		findsNothing();
		assertThat(browser().run("return document.documentElement.scrollWidth - innerWidth").asInt())
				.as("what stands beside the screen").isNotPositive();
	}

	private void findsNothing() throws Exception {
		String axe = new ClassPathResource(
				String.valueOf(new WebJarVersionLocator().fullPath("axe-core", "axe.min.js")))
				.getContentAsString(StandardCharsets.UTF_8);
		JsonNode result = browser().run(axe + "\nreturn (async () => {" + RUN + "})()");
		assertThat(result.path("violations").valueStream().map(JsonNode::asString)).isEmpty();
		assertThat(result.path("passes").asInt()).as("rules that were looked at").isGreaterThan(15);
	}

}
