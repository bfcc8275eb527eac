package dev.udpprobe.monitoring;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.udpprobe.web.Http;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is wrong is answered as the real blackbox_exporter answers it, to the byte.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BlackboxErrorsTests extends MonitoredTests {

	private static final String HEADER = "X-Prometheus-Scrape-Timeout-Seconds";

	private static final Pattern HEADING = Pattern.compile("(?m)(?:\\A|\n\n\n\n)[A-Z][A-Za-z ]+:$");

	private AutoCloseable closing = () -> {};

	private Http theirs = new Http(0);

	private Http ours = new Http(0);

	private Path theirFile = Path.of("");

	@BeforeAll
	void start(@TempDir Path directory) throws Exception {
		BlackboxExporter exporter = new BlackboxExporter(directory);
		this.closing = exporter;
		this.theirs = exporter.http();
		this.theirFile = exporter.configuration();
		this.ours = new Http(this.port);
	}

	@AfterAll
	void stop() throws Exception {
		this.closing.close();
	}

	/** All that is compared of an answer: types of content are the same in any case, and with a blank or without. */
	private record Said(int status, String type, String sniffing, String body) {

		private static Said of(Http.Answer answer) {
			return new Said(answer.status(), answer.header("Content-Type").replace(" ", "").toLowerCase(Locale.ROOT),
					answer.header("X-Content-Type-Options"), answer.text());
		}

		private Said with(UnaryOperator<String> change) {
			return new Said(this.status, this.type, this.sniffing, change.apply(this.body));
		}

	}

	private Said assertAlike(int status, String path, String... headers) throws Exception {
		Said said = Said.of(ask(this.theirs, path, headers));
		assertThat(said.status()).as(said.body()).isEqualTo(status);
		assertThat(Said.of(ask(this.ours, path, headers))).isEqualTo(said);
		return said;
	}

	private static Http.Answer ask(Http http, String path, String... headers) throws Exception {
		return http.ask((headers.length > 0) ? http.request(path).headers(headers) : http.request(path));
	}

	/** In Go's quotes; characters that Unicode had in 2022, when theirs was built. */
	@ParameterizedTest
	@ValueSource(strings = {"nobody", "%22quoted%22", "a%5Cb", "%27%60%3C%26%3E", "a+b%20c", "%C3%A4%C3%B6%C3%9F",
			"%00%01%07%08%09%0A%0B%0C%0D%1B%1F%7F", "%C2%80%C2%9F%C2%A0%C2%AD", "%E2%80%83%E2%80%8B%E2%80%A8%EF%BB%BF",
			"%EE%80%80%EF%BF%BD%EF%BF%BF", "%CC%81%E0%B8%B1", "%F0%9F%98%80", "%F0%90%80%80%F3%A0%80%81"})
	void anUnknownModuleIsQuotedAlikeWhateverElseIsWrong(String module) throws Exception {
		Said said = assertAlike(400, "/probe?module=" + module + "&target=127.0.0.1:9");
		assertThat(said.body()).matches("Unknown module \".+\"\n");
		assertThat(assertAlike(400, "/probe?module=" + module, HEADER, "soon")).isEqualTo(said);
	}

	@ParameterizedTest
	@ValueSource(strings = {"abc", "5s", "5 s", "--5", "-", ".", "1e", "1e+", "0x", "0x1", "_1", "1__0", "infin",
			"+nan",
			"-nan", "\"5\"", "a\\b", "1e999", "-1e999"})
	void aHeaderThatIsNoNumberIsToldBeforeTheTargetIsMissed(String header) throws Exception {
		assertThat(assertAlike(500, "/probe?module=dns-a", HEADER, header).body())
				.startsWith("Failed to parse timeout");
		assertAlike(500, "/probe?module=dns-a&target=127.0.0.1:9", HEADER, header);
	}

	@ParameterizedTest
	@ValueSource(strings = {"", "0", "-0", "0.0", "5", " 5", "5 ", "5.", ".5", "+.5e1", "1E1", "1e-999", "inf", "+Inf",
			"Infinity"})
	void aHeaderThatIsANumberIsTakenAndTheTargetMissed(String header) throws Exception {
		assertAlike(400, "/probe?module=dns-a", HEADER, header);
		assertAlike(400, "/probe?module=dns-a&target=", HEADER, header);
	}

	@Test
	void noTargetIsTold() throws Exception {
		assertThat(assertAlike(400, "/probe?module=dns-a").body()).isEqualTo("Target parameter is missing\n");
	}

	@Test
	void howAProbeWentHasTheSameHeadings() throws Exception {
		String path = "/probe?module=dns-a&debug=true&target=" + REFUSING.address();
		List<String> headings = headings(this.theirs.get(path).text());
		assertThat(headings).hasSize(3);
		assertThat(headings(this.ours.get(path).text())).isEqualTo(headings);
	}

	private static List<String> headings(String text) {
		return HEADING.matcher(text).results().map((heading) -> heading.group()).toList();
	}

	@Test
	void healthIsToldInTheSameWord() throws Exception {
		Said said = Said.of(this.theirs.get("/-/healthy"));
		// Ours has it on all answers.
		assertThat(Said.of(this.ours.get("/-/healthy")))
				.isEqualTo(new Said(said.status(), said.type(), "nosniff", "Healthy"));
	}

	@Test
	void reloadingIsToldAlike() throws Exception {
		assertThat(reload(this.ours)).isEqualTo(new Said(200, "", "nosniff", ""));
		assertThat(reload(this.theirs)).isEqualTo(new Said(200, "", "", ""));
		assertThat(this.ours.get("/-/reload").status()).isEqualTo(this.theirs.get("/-/reload").status()).isEqualTo(405);
		Files.writeString(MODULES, "modules: {dns-a: {lik: dns}}");
		Files.writeString(this.theirFile, "modules: {dns-a: {probe: dns}}");
		try {
			UnaryOperator<String> untilWhy = (body) -> body.replaceFirst("(?s):.*", ":");
			Said said = reload(this.theirs).with(untilWhy);
			assertThat(said.body()).isEqualTo("failed to reload config:");
			assertThat(reload(this.ours).with(untilWhy)).isEqualTo(said);
		}
		finally {
			Files.writeString(MODULES, BlackboxExporter.configuration(BlackboxExporter.OURS));
			Files.writeString(this.theirFile, BlackboxExporter.configuration(BlackboxExporter.THEIRS));
		}
		assertThat(reload(this.ours).status()).isEqualTo(200);
		assertThat(reload(this.theirs).status()).isEqualTo(200);
	}

	private static Said reload(Http http) throws Exception {
		return Said.of(http.ask(http.request("/-/reload").POST(BodyPublishers.noBody())));
	}

}
