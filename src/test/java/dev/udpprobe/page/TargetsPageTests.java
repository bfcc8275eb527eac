package dev.udpprobe.page;

import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import dev.udpprobe.web.UdpPeer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The list of targets, and one of them: what is wrong is seen, and since when, and why.
 */
class TargetsPageTests extends BrowserPageTests {

	private UdpPeer server = UdpPeer.refusing();

	private final int port = this.server.port();

	private static final UdpPeer CLOSED = UdpPeer.refusing();

	private static final UdpPeer SILENT = UdpPeer.silent();

	private static final String ROW = ".rows [role=row]";

	@AfterEach
	void closeServer() {
		this.server.close();
	}

	private void serve() {
		put(() -> UdpPeer.on(this.port, (self, packet, _) -> self.echo(packet)));
	}

	private void refuse() {
		put(() -> UdpPeer.refusing(this.port));
	}

	/** A port is free when whoever receives there has noticed that it is closed. */
	private void put(Callable<UdpPeer> next) {
		this.server.close();
		this.server = await().ignoreExceptionsInstanceOf(UncheckedIOException.class).until(next, Objects::nonNull);
	}

	private void monitorAll() throws Exception {
		monitor("""
				- targets: ["%s"]
				  labels: {__name: server, __module: echo, site: fra}
				- targets: ["%s"]
				  labels: {__name: closed, __module: dns, site: fra}
				- targets: ["%s"]
				  labels: {__name: silent, __module: echo, site: ams}
				- targets: ["127.0.0.1:9"]
				  labels: {__name: asked-by-hand}
				""".formatted("127.0.0.1:" + this.port, CLOSED.address(), SILENT.address()));
	}

	private void awaitNames(String... names) {
		await().untilAsserted(() -> assertThat(page().texts(ROW + " .name a")).containsExactly(names));
	}

	@Test
	void aServerThatStartsAndDiesIsSeen() throws Exception {
		serve();
		monitorAll();
		page().open("");
		page().awaitText(".summary", "2 down", "1 up");
		page().awaitText(".liveness.on", "live");
		awaitNames("closed", "silent", "server", "echo", "asked-by-hand");
		page().awaitText(ROW + ":nth-child(1)", "down", "refused", "nobody listens on that port", "100 %");
		page().awaitText(ROW + ":nth-child(2)", "down", "was silent for ");
		await().untilAsserted(() -> assertThat(browser().run("return document.title").asString())
				.isEqualTo("(2 down) Targets · udp-probe"));

		refuse();
		page().awaitText(".summary", "3 down");
		page().awaitText(ROW + ":nth-child(1)", "closed");
		assertThat(browser().run("return document.querySelector('link[rel=icon]').href").asString())
				.endsWith("icon-down.svg");
		page().open("#/targets/server");
		page().awaitText(".headline", "server", "down", "for ");
		page().awaitText(".changes", "down", "refused: nobody listens on that port (ICMP port unreachable).", "up");
		page().awaitText(".card", "127.0.0.1: port unreachable");

		serve();
		page().awaitText(".headline", "up");
		page().awaitText(".figures", "median");
		page().awaitText(".fields", "Label site", "fra");
		assertThat(browser().run("return document.querySelector('.chart canvas') !== null").asBoolean()).isTrue();
		assertThat(browser().run("return document.querySelector('.chart').ariaLabel").asString())
				.startsWith("Round trips of the last rounds: ").contains(" ms");
	}

	@Test
	void theyAreFilteredByNameLabelStateAndOutcome() throws Exception {
		monitorAll();
		page().open("");
		page().awaitText(".found", "5 targets");
		browser().click("input[type=search]");
		browser().type("site=fra");
		page().awaitText(".found", "2 targets");
		browser().type(" clos");
		page().awaitText(".found", "1 target");
		page().awaitText(ROW, "closed");
		await().untilAsserted(() -> assertThat(browser().run("return location.hash").asString())
				.isEqualTo("#/targets?search=site%3Dfra+clos&sort=worst"));
		page().open("#/targets?state=down&outcome=timed-out");
		page().awaitText(".found", "1 target");
		page().awaitText(ROW, "silent");
		assertThat(
				browser().run("return [...document.querySelectorAll('select')].map((s) => s.value).join()").asString())
				.isEqualTo("down,timed-out");
		assertThat(page().text(".curl code")).contains("/targets?state=down&outcome=timed-out&sort=worst'");
		page().open("#/targets?search=nobody");
		page().awaitText("main", "No target matches.");
	}

	@Test
	void whatIsWrongIsSaidOnce() throws Exception {
		assertThat(write("- targets: [")).isEqualTo(500);
		page().open("#/targets?state=bogus");
		page().awaitText(".problem", "bad request", "'bogus' is not one of");
		assertThat(page().text("main")).doesNotContain("No target matches", "cannot be reached");
		page().open("");
		page().awaitText("main", "1 file of targets cannot be used in full");
		monitorAll();
		await().untilAsserted(() -> assertThat(page().text("main")).doesNotContain("in full"));
	}

	@Test
	void theyAreSortedByTheirHeadings() throws Exception {
		monitorAll();
		page().open("");
		page().awaitText(".found", "5 targets");
		browser().click(".head .name button");
		awaitNames("asked-by-hand", "closed", "echo", "server", "silent");
		browser().click(".head .name button");
		awaitNames("silent", "server", "echo", "closed", "asked-by-hand");
		assertThat(browser().run("return document.querySelector('.head .name').ariaSort").asString())
				.isEqualTo("descending");
	}

	@Test
	void theKeyboardWalksThroughThem() throws Exception {
		monitorAll();
		page().open("#/targets?sort=name");
		awaitNames("asked-by-hand", "closed", "echo", "server", "silent");
		browser().run("document.querySelector(arguments[0]).focus()", ROW + " a");
		browser().type("\uE015\uE015");
		assertThat(browser().run("return document.activeElement.innerText").asString()).isEqualTo("echo");
		browser().type("\uE013\uE007");
		page().awaitText("h1", "closed");
		assertThat(browser().run("return location.hash").asString()).isEqualTo("#/targets/closed");
	}

	/** Somebody who has left the pointer there wants to see how things are. */
	@Test
	void rowsKeepTheirPlacesForAMomentOnly() throws Exception {
		serve();
		monitorAll();
		page().open("#/targets?state=down&sort=name");
		awaitNames("closed", "silent");
		browser().run("document.querySelector(arguments[0]).focus()", ROW + ":nth-child(2) a");
		browser().run("""
				const moves = () => document.activeElement.dispatchEvent(new Event('pointermove', {bubbles: true}))
				window.pointing = setInterval(moves, 50)""");
		refuse();
		page().awaitText(".found", "3 targets");
		awaitNames("closed", "silent");
		browser().run("clearInterval(window.pointing)");
		awaitNames("closed", "server", "silent");
		assertThat(browser().run("return document.activeElement.innerText").asString()).isEqualTo("silent");
		browser().run("document.querySelector(arguments[0]).focus()", ROW + ":nth-child(1) a");
		browser().run("location.hash = '#/targets?state=down&sort=-name'");
		awaitNames("silent", "server", "closed");
		await().untilAsserted(() -> assertThat(browser().run("return document.activeElement.innerText").asString())
				.isEqualTo("closed"));
	}

	/** What it was is another's. */
	@Test
	void oneThatIsAskedInAnotherWayBeginsAnew() throws Exception {
		serve();
		monitorAll();
		page().open("#/targets/server");
		page().awaitText(".figures", "median");
		monitor("- targets: [\"%s\"]\n  labels: {__name: server, __module: echo}\n".formatted(SILENT.address()));
		page().awaitText(".changes", "was silent for ");
		assertThat(browser().run("return document.querySelector('.chart').ariaLabel").asString())
				.isEqualTo("Round trips of the last rounds: none");
	}

	@Test
	void oneThatIsNotThereSaysSo() throws Exception {
		monitorAll();
		page().open("#/targets/nobody");
		page().awaitText("main", "There is no such target.");
		page().open("#/targets/closed");
		page().awaitText(".headline", "down");
		monitor("- targets: [\"127.0.0.1:9\"]\n  labels: {__name: another}\n");
		page().awaitText("main", "There is no such target.");
	}

	/** Labels and what peers say are anybody's. */
	@Test
	void whatIsHostileStaysText() throws Exception {
		String evil = "<img src=x onerror=alert(1)>\"'&{{}}${1}";
		try (UdpPeer peer = UdpPeer.answering(evil.getBytes(StandardCharsets.UTF_8))) {
			monitor(JsonMapper.shared()
					.writeValueAsString(List.of(Map.of("targets", List.of(peer.address()), "labels",
							Map.of("__name", "evil", "__module", "dns", "owner", evil)))));
			page().open("#/targets/evil");
			page().awaitText(".fields", evil);
			page().ask("message=" + URLEncoder.encode(evil, StandardCharsets.UTF_8) + "&target=" + peer.address());
			page().awaitText(".datagrams", "answer", "<img src=x onerr");
			assertThat(page().text(".curl code")).contains("message=<img src=x");
			assertThat(browser().run("return document.querySelectorAll('img, script:not([src])').length").asInt())
					.isZero();
		}
	}

}
