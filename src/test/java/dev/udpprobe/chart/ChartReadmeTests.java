package dev.udpprobe.chart;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ChartReadmeTests {

	private static final Path README = Chart.DIRECTORY.resolve("README.md");

	private static final Path VALUES = Chart.DIRECTORY.resolve("values.yaml");

	private static final Pattern TABLE = Pattern.compile("(?<=<!-- values -->\n\n).*(?=<!-- /values -->)",
			Pattern.DOTALL);

	@Test
	void theTableOfValuesIsUpToDate() throws IOException {
		String text = Files.readString(README);
		String expected = TABLE.matcher(text).replaceFirst(Matcher.quoteReplacement(table() + "\n"));
		if (Boolean.getBoolean("udp-probe.write")) {
			Files.writeString(README, expected);
			return;
		}
		assertThat(TABLE.matcher(text).results()).hasSize(1);
		assertThat(text)
				.as("%s: `./mvnw test -Dtest=ChartReadmeTests -Dudp-probe.write=true` rewrites the table", README)
				.isEqualTo(expected);
	}

	@Test
	void everyValueHasAMeaning() throws IOException {
		assertThat(ValuesTable.of(VALUES).withoutMeaning()).isEmpty();
		assertThat(table().lines()).hasSizeGreaterThan(50);
	}

	@Test
	void everyCommandAndSnippetOfTheReadmeRenders() throws IOException {
		String text = Files.readString(README).replace("\\\n", " ");
		Matcher commands = Pattern
				.compile("^helm (?:install|upgrade --reuse-values) probe helm/udp-probe(.*)$", Pattern.MULTILINE)
				.matcher(text);
		assertThat(commands.results().map((match) -> match.group(1).strip()).toList()).isNotEmpty()
				.allSatisfy((arguments) -> assertThat(
						Chart.render(Stream.of(arguments.split("\\s+")).map((word) -> word.replace("'", ""))
								.toArray(String[]::new)).manifests())
						.isNotEmpty());
		Matcher snippets = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL).matcher(text);
		assertThat(snippets.results().map((match) -> match.group(1)).toList()).isNotEmpty()
				.allSatisfy((snippet) -> assertThat(renderWith(snippet).manifests()).isNotEmpty());
	}

	@Test
	void theKeyOfTheReadmeComesFromItsSecretAndStandsNowhereElse() throws IOException {
		Matcher snippet = Pattern.compile("```yaml\n(env:\n  - name: UDPPROBE_ECHO_KEY\n.*?)```", Pattern.DOTALL)
				.matcher(Files.readString(README));
		assertThat(snippet.find()).isTrue();
		Rendered rendered = renderWith(snippet.group(1));
		String variable = Rendered.CONTAINER + ".env[?(@.name=='%s')].valueFrom.secretKeyRef.%s";
		assertThat(rendered.workload().one(variable.formatted("UDPPROBE_ECHO_KEY", "name"))).isEqualTo("probe-keys");
		assertThat(rendered.workload().one(variable.formatted("UDPPROBE_ECHO_KEY", "key"))).isEqualTo("echo");
		assertThat(rendered.workload().one(variable.formatted("PARTNER_KEY", "key"))).isEqualTo("partner");
		assertThat(rendered.config().text("$.data['application.yaml']")).contains("key: ${PARTNER_KEY}");
	}

	private static Rendered renderWith(String values) throws IOException {
		Path file = Files.createTempFile("values", ".yaml");
		try {
			Files.writeString(file, values);
			return Chart.render("--values", file.toString());
		}
		finally {
			Files.delete(file);
		}
	}

	private static String table() throws IOException {
		return ValuesTable.of(VALUES).markdown();
	}

}
