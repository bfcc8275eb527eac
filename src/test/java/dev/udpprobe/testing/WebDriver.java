package dev.udpprobe.testing;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A browser that a test steers by the W3C's WebDriver protocol: as much of it as tests of pages need.
 */
public final class WebDriver implements AutoCloseable {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private static final Map<String, ?> NOTHING = Map.of();

	private final HttpClient client = HttpClient.newHttpClient();

	private final ExternalTool driver;

	private final String session;

	/**
	 * Starts a browser.
	 * @param directory for its profile, and for the log of its driver
	 */
	public WebDriver(Path directory) throws IOException, InterruptedException {
		String browser = ExternalTool.find("chromium");
		String address = "127.0.0.1:" + FreePorts.tcp();
		this.driver = ExternalTool.startLogging(directory.resolve("log"), "chromedriver",
				"--port=" + address.substring(address.indexOf(':') + 1));
		try {
			await().atMost(PATIENCE)
					.ignoreExceptionsInstanceOf(IOException.class)
					.until(() -> ask(get("http://%s/status".formatted(address))).path("ready").asBoolean());
			String sessions = "http://%s/session".formatted(address);
			this.session = sessions + "/"
					+ ask(post(sessions, capabilities(browser, directory))).path("sessionId").asString();
		}
		catch (IOException | InterruptedException | RuntimeException | AssertionError ex) {
			this.driver.close();
			throw ex;
		}
	}

	private static Map<String, ?> capabilities(String browser, Path directory) {
		List<String> options = new ArrayList<>(List.of("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic",
				"--disable-dev-shm-usage", "--no-first-run", "--disable-background-networking",
				"--disable-component-update", "--disable-sync", "--window-size=1280,1600"));
		options.add("--user-data-dir=" + directory.resolve("profile"));
		return Map.of("capabilities", Map.of("alwaysMatch", Map.of("goog:loggingPrefs", Map.of("browser", "ALL"),
				"goog:chromeOptions", Map.of("binary", browser, "args", options))));
	}

	public void open(String page) throws IOException, InterruptedException {
		command("url", Map.of("url", page));
	}

	/**
	 * Clicks as a user does: at what is seen, and not covered.
	 * @param selector of CSS; of several elements, the first one is clicked
	 */
	public void click(String selector) throws IOException, InterruptedException {
		String element = command("element", Map.of("using", "css selector", "value", selector)).values()
				.iterator()
				.next()
				.asString();
		command("element/%s/click".formatted(element), NOTHING);
	}

	/**
	 * Types as a user does, into what has the focus.
	 * @param keys the codes of keys that write nothing are those of WebDriver
	 */
	public void type(String keys) throws IOException, InterruptedException {
		JsonNode active = ask(get(this.session + "/element/active"));
		command("element/%s/value".formatted(active.values().iterator().next().asString()), Map.of("text", keys));
	}

	/**
	 * @param command of the protocol of Chrome's developer tools
	 */
	public void tell(String command, Map<String, ?> parameters) throws IOException, InterruptedException {
		command("goog/cdp/execute", Map.of("cmd", command, "params", parameters));
	}

	/**
	 * @return the page as it is seen, as PNG
	 */
	public byte[] picture() throws IOException, InterruptedException {
		return Base64.getDecoder().decode(ask(get(this.session + "/screenshot")).asString());
	}

	/**
	 * @param script the body of a function, which finds its arguments in {@code arguments}
	 * @return what the function returns, or its promise is kept with
	 */
	public JsonNode run(String script, Object... arguments) throws IOException, InterruptedException {
		return command("execute/sync", Map.of("script", script, "args", arguments));
	}

	/**
	 * Waits until a script returns true, or a text that is not empty.
	 */
	public String until(String script, Object... arguments) {
		return await(script).atMost(PATIENCE)
				.until(() -> run(script, arguments).asString("false"),
						(value) -> !value.isEmpty() && !value.equals("false"));
	}

	/**
	 * @return the errors that the page or the browser has written to the console since this was last asked
	 */
	public List<String> errors() throws IOException, InterruptedException {
		return command("se/log", Map.of("type", "browser")).valueStream()
				.filter((entry) -> entry.path("level").asString().equals("SEVERE"))
				.map((entry) -> entry.path("message").asString())
				.toList();
	}

	private JsonNode command(String name, Map<String, ?> parameters) throws IOException, InterruptedException {
		return ask(post(this.session + "/" + name, parameters));
	}

	private static HttpRequest.Builder get(String uri) {
		return HttpRequest.newBuilder(URI.create(uri));
	}

	private static HttpRequest.Builder post(String uri, Map<String, ?> parameters) {
		return get(uri).POST(BodyPublishers.ofByteArray(JsonMapper.shared().writeValueAsBytes(parameters)));
	}

	private JsonNode ask(HttpRequest.Builder request) throws IOException, InterruptedException {
		byte[] answer = this.client.send(request.timeout(PATIENCE).build(), BodyHandlers.ofByteArray()).body();
		JsonNode value = JsonMapper.shared().readTree(answer).path("value");
		assertThat(value.has("error")).as(value.path("message").asString("")).isFalse();
		return value;
	}

	@Override
	public void close() {
		this.driver.close();
		this.client.close();
	}

}
