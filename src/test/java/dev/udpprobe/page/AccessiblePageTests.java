package dev.udpprobe.page;

import java.util.List;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.udpprobe.web.UdpPeer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What axe finds in each view: nothing, light and dark, wide and narrow.
 */
class AccessiblePageTests extends BrowserPageTests {

	private static final UdpPeer CLOSED = UdpPeer.refusing();

	private static final UdpPeer SILENT = UdpPeer.silent();

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

}
