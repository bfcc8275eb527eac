package dev.udpprobe.page;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.SmartLifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The page says whether it is live, and becomes so again by itself.
 */
class LivePageTests extends BrowserPageTests {

	@Autowired
	@Qualifier("eventStreams")
	private SmartLifecycle streams;

	@Test
	void aStreamThatIsCutComesBack() throws Exception {
		page().open("#/echo");
		page().awaitText(".liveness.on", "live");
		page().awaitText(".headline", "Echo server", "listening on UDP port");
		this.streams.stop();
		try {
			page().awaitText(".liveness", "not live since ");
			assertThat(browser().run("return document.title").asString()).isEqualTo("Echo server · udp-probe");
		}
		finally {
			this.streams.start();
		}
		page().awaitText(".liveness.on", "live");
		double received = received();
		this.http.form("message=hello").json();
		await().untilAsserted(() -> assertThat(received()).isGreaterThan(received));
	}

	private double received() throws Exception {
		return Double.parseDouble(page().texts(".figures dd").getFirst().replace(",", ""));
	}

	@Test
	void whoLooksElsewhereIsToldNothing() throws Exception {
		page().open("");
		page().awaitText(".liveness.on", "live");
		browser().run("""
				Object.defineProperty(document, 'hidden', {value: true, configurable: true})
				document.dispatchEvent(new Event('visibilitychange'))""");
		page().awaitText(".liveness", "not live since ");
		browser().run("""
				delete document.hidden
				document.dispatchEvent(new Event('visibilitychange'))""");
		await().untilAsserted(() -> assertThat(page().text(".liveness")).isEqualTo("live"));
	}

}
