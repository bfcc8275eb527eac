package dev.udpprobe.web;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

import dev.udpprobe.UdpProbeApplication;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The page and its files, as a browser gets them.
 */
class PageTests extends HttpTests {

	/** Of all files together, compressed. */
	private static final int MAX_BYTES = 250_000;

	private static final Pattern FILE = Pattern.compile("(?:href|src)=\"([^\"]+)\"");

	private static final Pattern IMPORT = Pattern.compile("(?:from ?|import\\(?)[\"']([^\"']+\\.js)[\"']");

	@Test
	void thePageNamesFilesThatAreThereForEver() throws Exception {
		Http.Answer page = this.http.get("/");
		assertThat(page.header("Content-Type")).isEqualTo("text/html;charset=UTF-8");
		assertThat(page.header("Cache-Control")).isEqualTo("no-cache");
		List<String> files = files(page.text());
		assertThat(files).hasSizeGreaterThan(10).anyMatch((file) -> file.endsWith("/main.js")).allSatisfy((file) -> {
			Http.Answer answer = this.http.get("/" + file);
			assertThat(answer.status()).as(file).isEqualTo(200);
			assertThat(answer.header("Cache-Control")).contains("immutable");
			assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
		});
	}

	/** Nothing comes from anywhere else, and what is imported is there, however rarely it is. */
	@Test
	void everyScriptFindsWhatItImports() throws Exception {
		String main = files(this.http.get("/").text()).stream().filter((file) -> file.endsWith("/main.js")).findFirst()
				.orElseThrow();
		List<String> all = imported(URI.create("http://host/" + main)).distinct().toList();
		assertThat(all).anyMatch((path) -> path.endsWith("/uplot.js")).anyMatch((path) -> path.endsWith("/picture.js"));
		long bytes = 0;
		for (String path : all) {
			bytes += compressed(path).length;
		}
		assertThat(bytes).isLessThan(MAX_BYTES);
	}

	private Stream<String> imported(URI script) {
		Http.Answer answer = get(script.getPath());
		assertThat(answer.status()).as(script.getPath()).isEqualTo(200);
		return Stream.concat(Stream.of(script.getPath()),
				IMPORT.matcher(answer.text()).results().map((found) -> script.resolve(found.group(1)))
						.filter((next) -> !next.equals(script))
						.flatMap(this::imported));
	}

	private Http.Answer get(String path) {
		try {
			return this.http.get(path);
		}
		catch (Exception ex) {
			throw new AssertionError(path, ex);
		}
	}

	private static List<String> files(String page) {
		return FILE.matcher(page).results().map((MatchResult found) -> found.group(1)).toList();
	}

	@Test
	void aBrowserGetsItCompressedAndOthersAsItIs() throws Exception {
		byte[] plain = this.http.get("/").bytes();
		assertThat(new GZIPInputStream(new ByteArrayInputStream(compressed("/"))).readAllBytes()).isEqualTo(plain);
		assertThat(new String(plain, StandardCharsets.UTF_8)).startsWith("<!doctype html>");
	}

	private byte[] compressed(String path) throws Exception {
		Http.Answer answer = this.http.ask(this.http.request(path).header("Accept-Encoding", "br, gzip"));
		assertThat(answer.header("Content-Encoding")).isEqualTo("gzip");
		assertThat(answer.header("Vary")).contains("Accept-Encoding");
		return answer.bytes();
	}

	@Test
	void itsPolicyTakesNeitherInlineScriptsNorThoseOfOthers() throws Exception {
		assertThat(this.http.get("/").header("Content-Security-Policy")).contains("default-src 'none'",
				"script-src 'self';", "style-src 'self';", "frame-ancestors 'none'",
				"require-trusted-types-for 'script'")
				.doesNotContain("unsafe");
	}

	@ParameterizedTest
	@ValueSource(strings = {"/page", "/page/", "/page/main.js", "/page/0123456789abcdef/main.js", "/page/VERSION/",
			"/page/VERSION/none.js",
			"/page/VERSION/index.html", "/page/VERSION/./main.js", "/page/VERSION/lit-html//lit-html.js"})
	void thereIsNothingElse(String path) throws Exception {
		String main = files(this.http.get("/").text()).stream().filter((file) -> file.endsWith("/main.js")).findFirst()
				.orElseThrow();
		this.http.get(path.replace("/page/VERSION", "/" + main.replace("/main.js", ""))).problem(404);
	}

	@Test
	void theDocumentsAreThereAsText() throws Exception {
		String main = files(this.http.get("/").text()).stream().filter((file) -> file.endsWith("/main.js")).findFirst()
				.orElseThrow();
		Http.Answer document = this.http.get("/" + main.replace("main.js", "docs/page.md"));
		assertThat(document.header("Content-Type")).isEqualTo("text/plain;charset=UTF-8");
		assertThat(document.text()).isEqualTo(Files.readString(Path.of("docs/page.md")));
	}

	@ParameterizedTest
	@ValueSource(strings = {"POST", "PUT", "DELETE"})
	void itTakesNothing(String method) throws Exception {
		this.http.ask(this.http.request("/").method(method, HttpRequest.BodyPublishers.noBody())).problem(405);
	}

	@Test
	void itIsAtAnAddressOfItsOwnWhereAllIs() throws Exception {
		try (ConfigurableApplicationContext service = start("--server.servlet.context-path=/probe")) {
			Http below = new Http(
					Integer.parseInt(service.getEnvironment().getRequiredProperty("local.server.port")));
			assertThat(below.get("/probe").header("Location")).endsWith("/probe/");
			String page = below.get("/probe/").text();
			assertThat(files(page)).allSatisfy(
					(file) -> assertThat(below.get("/probe/" + file).status()).as(file).isEqualTo(200));
			assertThat(below.get("/").status()).isEqualTo(404);
		}
	}

	private static ConfigurableApplicationContext start(String option) {
		return SpringApplication.run(UdpProbeApplication.class,
				"--server.address=127.0.0.1", "--server.port=0", "--udp-probe.echo.port=0", option);
	}

}
