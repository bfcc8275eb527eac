package dev.udpprobe.documents;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Links within the repository lead to a file, and to a heading in it.
 */
class LinksTests {

	/** A text in back-ticks is no link; its group is empty. */
	private static final Pattern LINK = Pattern.compile("`[^`]*`(?!])|]\\(([^)\\s]+)\\)");

	private static final Pattern ELSEWHERE = Pattern.compile("[a-z]+:.*");

	private static final Pattern HEADING = Pattern.compile("#{1,6} +(.*?) *#*");

	/** Of a link in a heading, its text counts. */
	private static final Pattern LINK_IN_HEADING = Pattern.compile("\\[([^]]*)]\\([^)]*\\)");

	static List<Path> documents() throws IOException {
		return Documents.all();
	}

	@ParameterizedTest
	@MethodSource("documents")
	void leadSomewhere(Path document) throws IOException {
		assertThat(links(document).filter((link) -> !leadsSomewhere(document, link))).isEmpty();
	}

	@Test
	void areFoundInTheDocuments() throws IOException {
		assertThat(links(Path.of("docs/operations.md"))).contains("../helm/udp-probe/README.md", "#sizing");
	}

	@Test
	void headingsHaveTheAnchorsOfGitHub(@TempDir Path directory) throws IOException {
		Path file = Files.writeString(directory.resolve("x.md"), """
				# What `GET /peers` tells, and who_asks
				## The [chart](x.md)'s README
				## Twice
				### Twice
				```sh
				# no heading
				```
				""");
		assertThat(anchors(file)).containsExactlyInAnyOrder("what-get-peers-tells-and-who_asks", "the-charts-readme",
				"twice", "twice-1");
	}

	@Test
	void whatLeadsNowhereIsFound(@TempDir Path directory) throws IOException {
		Path file = Files.writeString(directory.resolve("x.md"), "# One\n[a](#one) [b](#two) [c](x.md#one) [d](y.md)");
		assertThat(links(file).filter((link) -> leadsSomewhere(file, link))).containsExactly("#one", "x.md#one");
	}

	private static Stream<String> links(Path document) throws IOException {
		return LINK.matcher(String.join("\n", Documents.prose(document)))
				.results()
				.filter((match) -> match.group(1) != null)
				.map((match) -> match.group(1))
				.filter((link) -> !ELSEWHERE.matcher(link).matches());
	}

	private static boolean leadsSomewhere(Path document, String link) {
		String[] parts = link.split("#", 2);
		Path file = parts[0].isEmpty() ? document : document.resolveSibling(parts[0]).normalize();
		try {
			return Files.exists(file) && (parts.length == 1 || anchors(file).contains(parts[1]));
		}
		catch (IOException ex) {
			throw new AssertionError(ex);
		}
	}

	private static Set<String> anchors(Path file) throws IOException {
		Set<String> anchors = new HashSet<>();
		Map<String, Integer> times = new HashMap<>();
		for (String line : Documents.prose(file)) {
			if (HEADING.matcher(line).matches()) {
				String anchor = anchor(HEADING.matcher(line).replaceFirst("$1"));
				int before = times.merge(anchor, 1, Integer::sum) - 1;
				anchors.add((before == 0) ? anchor : anchor + "-" + before);
			}
		}
		return anchors;
	}

	private static String anchor(String heading) {
		return LINK_IN_HEADING.matcher(heading)
				.replaceAll("$1")
				.toLowerCase(Locale.ROOT)
				.replaceAll("[^\\p{L}\\p{N} _-]", "")
				.replace(' ', '-');
	}

}
