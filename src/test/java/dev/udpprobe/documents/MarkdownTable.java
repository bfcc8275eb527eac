package dev.udpprobe.documents;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A table of a Markdown file: lines that start with a bar, outside code blocks.
 *
 * @param heading the text of the last heading above it
 * @param lines the cells of each line, the header and the delimiters below it included
 */
record MarkdownTable(String heading, List<List<String>> lines) {

	private static final Pattern HEADING = Pattern.compile("#+ +(.*)");

	/** A bar in back-ticks separates cells too, unless it is escaped (GitHub Flavored Markdown, 4.10). */
	private static final Pattern SEPARATOR = Pattern.compile("(?<!\\\\)\\|");

	private static final Pattern CODE = Pattern.compile("`([^`]+)`");

	static List<MarkdownTable> of(Path file) throws IOException {
		List<MarkdownTable> tables = new ArrayList<>();
		String heading = "";
		boolean inCode = false;
		boolean inTable = false;
		for (String line : Files.readAllLines(file).stream().map(String::strip).toList()) {
			inCode ^= line.startsWith("```");
			boolean row = !inCode && line.startsWith("|");
			if (row && !inTable) {
				tables.add(new MarkdownTable(heading, new ArrayList<>()));
			}
			if (row) {
				tables.getLast().lines.add(cells(line));
			}
			else if (!inCode && HEADING.matcher(line).matches()) {
				heading = HEADING.matcher(line).replaceFirst("$1");
			}
			inTable = row;
		}
		return tables;
	}

	/**
	 * @return the only table under that heading
	 */
	static MarkdownTable under(String heading, Path file) throws IOException {
		return of(file).stream()
				.filter((table) -> table.heading.equals(heading))
				.reduce((_, _) -> {
					throw new AssertionError("%s: two tables under '%s'".formatted(file, heading));
				})
				.orElseThrow(() -> new AssertionError("%s: no table under '%s'".formatted(file, heading)));
	}

	List<List<String>> rows() {
		return this.lines.subList(2, this.lines.size());
	}

	/**
	 * @return what stands in back-ticks in a text
	 */
	static Stream<String> codes(String text) {
		return CODE.matcher(text).results().map((code) -> code.group(1));
	}

	private static List<String> cells(String line) {
		List<String> parts = Stream.of(SEPARATOR.split(line, -1)).map(String::strip).toList();
		return parts.subList(1, parts.getLast().isEmpty() ? parts.size() - 1 : parts.size());
	}

}
