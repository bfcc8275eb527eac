package dev.udpprobe.page;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.annotation.Autowired;

import dev.udpprobe.web.OpenStreams;
import dev.udpprobe.web.UdpPeer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The page says whether it is live, and becomes so again by itself.
 */
class LivePageTests extends BrowserPageTests {

	private static final UdpPeer CLOSED = UdpPeer.refusing();

	private final OpenStreams streams;

	LivePageTests(@Autowired BeanFactory service) {
		this.streams = new OpenStreams(service);
	}

	@Test
	void aStreamThatIsCutComesBack() throws Exception {
		monitor("- targets: [\"%s\"]\n  labels: {__name: closed, __module: dns}\n".formatted(CLOSED.address()));
		page().open("#/echo");
		page().awaitText(".liveness.on", "live");
		page().awaitText(".headline", "Echo server", "listening on UDP port");
		awaitTitle("(1 down) Echo server · udp-probe");
		this.streams.stop();
		try {
			page().awaitText(".liveness", "not live since ");
			awaitTitle("Echo server · udp-probe");
		}
		finally {
			this.streams.start();
		}
		page().awaitText(".liveness.on", "live");
		double received = received();
		this.http.form("message=hello").json();
		await().untilAsserted(() -> assertThat(received()).isGreaterThan(received));
	}

	private void awaitTitle(String title) {
		await().untilAsserted(() -> assertThat(browser().run("return document.title").asString()).isEqualTo(title));
	}

	private double received() throws Exception {
		return Double.parseDouble(page().texts(".figures dd").getFirst().replace(",", ""));
	}

	@Test
	void whoLooksElsewhereIsToldNothing() throws Exception {
		monitor("- targets: [\"%s\"]\n  labels: {__name: closed, __module: dns}\n".formatted(CLOSED.address()));
		page().open("");
		awaitTitle("(1 down) Targets · udp-probe");
		browser().run("""
				window.waiting = []
				window.draw = window.requestAnimationFrame
				window.requestAnimationFrame = (frame) => waiting.push(frame)
				Object.defineProperty(document, 'hidden', {value: true, configurable: true})
				document.dispatchEvent(new Event('visibilitychange'))""");
		awaitTitle("Targets · udp-probe");
		await().until(() -> this.streams.count() == 0);
		browser().run("""
				window.requestAnimationFrame = window.draw
				window.waiting.forEach((frame) => requestAnimationFrame(frame))
				delete document.hidden
				document.dispatchEvent(new Event('visibilitychange'))""");
		page().awaitText(".liveness.on", "live");
		awaitTitle("(1 down) Targets · udp-probe");
	}

	/** Other views are seen once, as they are. */
	@Test
	void whatStandsStillIsStill() throws Exception {
		monitor("- targets: [\"%s\"]\n  labels: {__name: closed, __module: dns}\n".formatted(CLOSED.address()));
		page().open("");
		page().awaitText(".rows", "closed", "down");
		browser().click(".liveness");
		page().awaitText(".liveness", "paused since ");
		await().until(() -> this.streams.count() == 0);
		browser().run("document.querySelector('.rows a[href$=closed]').click()");
		page().awaitText(".headline", "closed", "down");
		page().awaitText(".changes", "refused");
		await().until(() -> this.streams.count() == 0);
		page().awaitText(".liveness", "paused since ");
		browser().click(".liveness");
		page().awaitText(".liveness.on", "live");
	}

}
