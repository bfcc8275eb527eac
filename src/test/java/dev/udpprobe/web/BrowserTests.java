package dev.udpprobe.web;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.udpprobe.testing.ExternalTool;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a stranger's page can do in a real browser.
 */
class BrowserTests extends HttpTests {

	private static final String SENT = "udp_client_datagrams_sent_total";

	private static final String RECEIVED = "udp_echo_datagrams_received_total";

	/** Writes what came of it, and not before. */
	private static final String SAME_ORIGIN = """
			<!doctype html><body>waiting<script>
			fetch('/send', {method: 'POST', body: new URLSearchParams({message: 'a'})})
				.then(async (answer) => answer.status + ' ' + await answer.text(), String)
				.then((outcome) => document.body.textContent = 'came to: ' + outcome)
			</script>""";

	private static final String CROSS_SITE = """
			<!doctype html><body>
			<iframe name=frame></iframe><form action=TARGET/send method=post target=frame><input name=message value=a></form>
			<script>
			const form = new Promise((done) => {
				document.querySelector('iframe').onload = done
				document.forms[0].submit()
			})
			const text = fetch('TARGET/send', {method: 'POST', mode: 'no-cors', body: 'a'}).catch(String)
			Promise.all([form, text]).then(() => document.body.textContent = 'came to an end')
			</script>""";

	private Path directory;

	private double sent;

	private double received;

	@BeforeEach
	void begin(@TempDir Path empty) throws Exception {
		this.directory = empty;
		this.sent = this.http.sum(SENT);
		this.received = this.http.sum(RECEIVED);
	}

	@Test
	void aPageWhoseNameHasMovedHereSendsNothing() throws Exception {
		try (PageServer server = new PageServer(SAME_ORIGIN, this.port)) {
			assertThat(look("http://attacker.test:%d/page".formatted(server.port())))
					.contains("came to: 421 ", "urn:udp-probe:host");
		}
		assertNothingWasSent();
	}

	@Test
	void underAnOwnNameTheSamePageSends() throws Exception {
		try (PageServer server = new PageServer(SAME_ORIGIN, this.port)) {
			assertThat(look("http://probe:%d/page".formatted(server.port()))).contains("came to: 200 ", "Hi, a");
		}
	}

	/**
	 * A browser says more to localhost, which it trusts, than to a name.
	 */
	@ParameterizedTest
	@ValueSource(strings = {"localhost", "probe"})
	void aPageOfAnotherSiteSendsNothing(String host) throws Exception {
		double before = refused();
		String page = CROSS_SITE.replace("TARGET", "http://%s:%d".formatted(host, this.port));
		try (PageServer server = new PageServer(page, this.port)) {
			assertThat(look("http://other.test:%d/page".formatted(server.port()))).contains("came to an end");
		}
		assertThat(refused()).isEqualTo(before + 2);
		assertNothingWasSent();
	}

	private double refused() throws Exception {
		return this.http.samples("http_server_requests_seconds_count")
				.entrySet()
				.stream()
				.filter((sample) -> sample.getKey().contains("status=\"403\",uri=\"/send\""))
				.mapToDouble(Map.Entry::getValue)
				.sum();
	}

	private void assertNothingWasSent() throws Exception {
		assertThat(this.http.sum(SENT)).isEqualTo(this.sent);
		assertThat(this.http.sum(RECEIVED)).isEqualTo(this.received);
	}

	/**
	 * @return the page after its scripts have run, among what the browser logs
	 */
	private String look(String page) throws Exception {
		Path log = this.directory.resolve("log");
		try (ExternalTool chromium = ExternalTool.startLogging(log, "chromium", "--headless", "--no-sandbox",
				"--disable-gpu", "--disable-quic", "--disable-dev-shm-usage", "--no-first-run",
				"--disable-background-networking", "--disable-component-update", "--disable-sync",
				"--user-data-dir=" + this.directory.resolve("profile"),
				"--host-resolver-rules=MAP attacker.test 127.0.0.1, MAP other.test 127.0.0.1, MAP probe 127.0.0.1",
				"--virtual-time-budget=20000", "--dump-dom", page)) {
			assertThat(chromium.exitCode()).isZero();
		}
		return Files.readString(log);
	}

}
