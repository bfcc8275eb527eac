package dev.udpprobe.documents;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

import dev.udpprobe.testing.FreePorts;
import dev.udpprobe.testing.RealServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is under one heading of the recipes, with ports of this machine in the place of the document's.
 *
 * @param port where the commands look for the server
 * @param blocks the commands, and what they print if the server runs
 * @param refused what the first of them prints if nobody listens
 * @param silent what the first of them prints if somebody listens and does not answer
 */
record Recipe(int port, List<ShellBlock> blocks, String refused, String silent) {

	static final Path DOCUMENT = Path.of("docs/recipes.md");

	/**
	 * @return the server that the block is about, by its heading
	 */
	static RealServer server(ShellBlock block) {
		return RealServer.valueOf(block.heading().toUpperCase(Locale.ROOT));
	}

	static Recipe of(RealServer server, int httpPort) throws IOException {
		int port = FreePorts.udp();
		String itsPort = "(?<=127\\.0\\.0\\.1:)%d\\b".formatted(server.wellKnownPort());
		UnaryOperator<String> here = (text) -> text.replaceAll(itsPort, String.valueOf(port))
				.replaceAll("target=127\\.0\\.0\\.1(?!:)", "target=127.0.0.1:" + port)
				.replaceAll("\\blocalhost:8080\\b", "localhost:" + httpPort);
		List<ShellBlock> blocks = ShellBlock.of(DOCUMENT)
				.stream()
				.filter((block) -> server(block) == server)
				.map((block) -> new ShellBlock(block.heading(), block.line(), here.apply(block.command()),
						here.apply(block.expected())))
				.toList();
		List<String> otherwise = MarkdownTable.under(blocks.getFirst().heading(), DOCUMENT)
				.rows()
				.stream()
				.map((row) -> here.apply(row.getFirst().replace("`", "")) + "\n")
				.toList();
		assertThat(blocks).isNotEmpty().allSatisfy((block) -> assertThat(block.expected()).isNotBlank());
		assertThat(otherwise).hasSize(2);
		return new Recipe(port, blocks, otherwise.getFirst(), otherwise.getLast());
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
