package dev.udpprobe.page;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import tools.jackson.databind.JsonNode;

import dev.udpprobe.testing.WebDriver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The page of a service, as somebody at a browser sees and uses it.
 */
public final class Page {

	/** The button that asks. */
	public static final String ASK = "form.ask .primary";

	private static final int HEIGHT = 900;

	/** Those of phones are narrower. */
	private static final int WIDE = 500;

	private final WebDriver browser;

	private final int port;

	private int width;

	/**
	 * @param port of the service, on this host
	 */
	public Page(WebDriver browser, int port) {
		this.browser = browser;
		this.port = port;
	}

	/**
	 * Opens a view as by a link that somebody sent.
	 * @param address what stands behind the page's own address
	 */
	public void open(String address) throws Exception {
		this.browser.open("about:blank");
		this.browser.open("http://localhost:%d/%s".formatted(this.port, address));
	}

	/**
	 * Opens the view that asks, and has it ask.
	 * @param query of its address
	 */
	public void ask(String query) throws Exception {
		open("#/ask?" + query);
		this.browser.until("return document.querySelector(arguments[0]) !== null", ASK);
		this.browser.click(ASK);
	}

	/**
	 * Has the browser be another one.
	 * @param scheme light or dark
	 * @param width in pixels
	 */
	public void look(String scheme, int width) throws Exception {
		this.width = width;
		this.browser.tell("Emulation.setEmulatedMedia", Map.of("features", List.of(
				Map.of("name", "prefers-color-scheme", "value", scheme),
				Map.of("name", "prefers-reduced-motion", "value", "reduce"))));
		size(HEIGHT);
	}

	private void size(int height) throws Exception {
		this.browser.tell("Emulation.setDeviceMetricsOverride",
				Map.of("width", this.width, "height", height, "deviceScaleFactor", 1, "mobile", this.width < WIDE));
	}

	/**
	 * @return all of the view, as PNG
	 */
	public byte[] picture() throws Exception {
		this.browser.run("document.activeElement.blur()");
		size(1);
		size(this.browser.run("return document.documentElement.scrollHeight").asInt());
		byte[] picture = this.browser.picture();
		size(HEIGHT);
		return picture;
	}

	/**
	 * @return what is read at the elements that a selector finds
	 */
	public List<String> texts(String selector) throws Exception {
		return this.browser.run("return [...document.querySelectorAll(arguments[0])].map((e) => e.innerText)", selector)
				.valueStream()
				.map(JsonNode::asString)
				.toList();
	}

	public String text(String selector) throws Exception {
		return String.join(" ", texts(selector));
	}

	/**
	 * Waits until all of it can be read at elements.
	 */
	public void awaitText(String selector, String... parts) {
		await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(text(selector)).contains(parts));
	}

	/**
	 * @return the paths that are drawn, in words
	 */
	public List<String> paths() throws Exception {
		return this.browser.run("return [...document.querySelectorAll('.picture svg')].map((path) => path.ariaLabel)")
				.valueStream()
				.map(JsonNode::asString)
				.toList();
	}

	/**
	 * @return what the browser has against the page, such as a script that its policy forbids; not that an outcome is a status
	 */
	public List<String> errors() throws Exception {
		return this.browser.errors().stream().filter((error) -> !error.contains("Failed to load resource")).toList();
	}

}
