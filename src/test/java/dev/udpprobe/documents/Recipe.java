package dev.udpprobe.documents;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import dev.udpprobe.testing.FreePorts;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is under one heading of the recipes, with ports of this machine in the place of the document's.
 *
 * @param module by which the first command asks
 * @param port where the commands look for the server
 * @param blocks the commands, and what they print if the server runs
 * @param refused what the first of them prints if nobody listens
 * @param silent what the first of them prints if somebody listens and does not answer
 */
record Recipe(String module, int port, List<ShellBlock> blocks, String refused, String silent) {

	static final Path DOCUMENT = Path.of("docs/recipes.md");

	private static final Pattern MODULE = Pattern.compile("module=([a-z0-9-]+)");

	private static final Pattern PORT = Pattern.compile("(?<=127\\.0\\.0\\.1:)\\d+");

	/**
	 * @return the headings that have commands
	 */
	static Set<String> headings() throws IOException {
		return ShellBlock.of(DOCUMENT).stream().map(ShellBlock::heading)
				.collect(Collectors.toCollection(LinkedHashSet::new));
	}

	/**
	 * @return the module by which the first command under a heading asks
	 */
	static String module(String heading) throws IOException {
		return modules(blocks(heading).getFirst()).getFirst();
	}

	/**
	 * @return the modules by which a command asks
	 */
	static List<String> modules(ShellBlock block) {
		return MODULE.matcher(block.command()).results().map((found) -> found.group(1)).toList();
	}

	private static List<ShellBlock> blocks(String heading) throws IOException {
		return ShellBlock.of(DOCUMENT).stream().filter((block) -> block.heading().equals(heading)).toList();
	}

	static Recipe of(String heading, int httpPort) throws IOException {
		int port = FreePorts.udp();
		List<List<String>> rows = MarkdownTable.under(heading, DOCUMENT).rows();
		assertThat(rows).hasSize(2);
		Matcher told = PORT.matcher(rows.getFirst().getFirst());
		assertThat(told.find()).isTrue();
		String itsPort = "(?<=127\\.0\\.0\\.1:)%s\\b".formatted(told.group());
		UnaryOperator<String> here = (text) -> text.replaceAll(itsPort, String.valueOf(port))
				.replaceAll("target=127\\.0\\.0\\.1(?!:)", "target=127.0.0.1:" + port)
				.replaceAll("\\blocalhost:8080\\b", "localhost:" + httpPort);
		List<ShellBlock> blocks = blocks(heading).stream()
				.map((block) -> new ShellBlock(block.heading(), block.line(), here.apply(block.command()),
						here.apply(block.expected())))
				.toList();
		assertThat(blocks).isNotEmpty().allSatisfy((block) -> assertThat(block.expected()).isNotBlank());
		List<String> otherwise = rows.stream()
				.map((row) -> here.apply(row.getFirst().replace("`", "")) + "\n")
				.toList();
		return new Recipe(module(heading), port, blocks, otherwise.getFirst(), otherwise.getLast());
	}

	/**
	 * @return what matches a text of the document: times and what it leaves out ({@code ...}) may be others
	 */
	static Pattern pattern(String text) {
		return Pattern.compile(Pattern.quote(text)
				.replaceAll("\\d+\\.\\d+(?= ms)", "\\\\E\\\\d+\\\\.\\\\d+\\\\Q")
				.replace("...", "\\E.+\\Q"));
	}

}
