package dev.udpprobe.page;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.io.ClassPathResource;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.webjars.WebJarVersionLocator;
import tools.jackson.databind.JsonNode;

import dev.udpprobe.testing.ExternalTool;
import dev.udpprobe.testing.SharedDirectory;
import dev.udpprobe.testing.WebDriver;
import dev.udpprobe.web.Http;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One running service for all tests of this package, and one browser for those of a class.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT, properties = {"udp-probe.echo.port=0",
		"udp-probe.client.timeout=300ms", "udp-probe.monitor.interval=500ms",
		"udp-probe.client.allowed-targets=127.0.0.0/8"})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class BrowserPageTests {

	private static final String RUN = """
			const result = await axe.run(document, {resultTypes: ['violations', 'incomplete'], runOnly:
				['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})
			return {passes: result.passes.length, violations: result.violations.map((violation) => violation.id + ': '
				+ violation.nodes.map((node) => node.html + ' ' + node.failureSummary).join('; '))}""";

	/** Which *.yaml of it are read. */
	private static final Path TARGET_FILES = SharedDirectory.create("targets");

	@LocalServerPort
	private int port;

	private @Nullable WebDriver browser;

	Http http = new Http(0);

	@DynamicPropertySource
	static void targets(DynamicPropertyRegistry properties) {
		properties.add("udp-probe.target-files", () -> TARGET_FILES.resolve("*.yaml").toString());
	}

	@BeforeAll
	void openBrowser(@TempDir Path directory) throws Exception {
		ExternalTool.requireKernelDetail();
		this.browser = new WebDriver(directory);
	}

	@AfterAll
	void closeBrowser() {
		WebDriver opened = this.browser;
		if (opened != null) {
			opened.close();
		}
	}

	@BeforeEach
	void connect() {
		this.http = new Http(this.port);
	}

	/** What the browser itself has against the page, such as a script that its policy forbids. */
	@AfterEach
	void nothingWasWrong() throws Exception {
		assertThat(page().errors()).isEmpty();
	}

	WebDriver browser() {
		return Objects.requireNonNull(this.browser);
	}

	Page page() {
		return new Page(browser(), this.port);
	}

	/**
	 * Has targets be monitored, until the file is written again.
	 * @param groups YAML
	 */
	void monitor(String groups) throws Exception {
		assertThat(write(groups)).isEqualTo(200);
	}

	/**
	 * @return the status of reading them
	 */
	int write(String groups) throws Exception {
		Path next = Files.writeString(TARGET_FILES.resolve("next"), groups);
		Files.move(next, TARGET_FILES.resolve("targets.yaml"), StandardCopyOption.ATOMIC_MOVE);
		return this.http.reload();
	}

	/**
	 * Has {@code axe} look at the view that is shown.
	 */
	void findsNothing() throws Exception {
		String axe = new ClassPathResource(
				String.valueOf(new WebJarVersionLocator().fullPath("axe-core", "axe.min.js")))
				.getContentAsString(StandardCharsets.UTF_8);
		JsonNode result = browser().run(axe + "\nreturn (async () => {" + RUN + "})()");
		assertThat(result.path("violations").valueStream().map(JsonNode::asString)).isEmpty();
		assertThat(result.path("passes").asInt()).as("rules that were looked at").isGreaterThan(15);
	}

	int port() {
		return this.port;
	}

}
