package dev.udpprobe.documents;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A block of commands in a Markdown file, fenced as {@code sh}, and what the file says that they print.
 *
 * @param heading the text of the last heading above it; empty if there is none
 * @param line the number of its first command's line, from 1 on
 * @param command its lines
 * @param expected the next fenced block, if that is {@code json}, {@code text} or of no language and under the same heading;
 * otherwise empty
 */
public record ShellBlock(String heading, int line, String command, String expected) {

	private static final Pattern FENCE = Pattern.compile(" *```(\\S*).*");

	private static final Pattern HEADING = Pattern.compile("#+ +(.*)");

	private static final Set<String> PRINTED = Set.of("", "json", "text");

	/**
	 * @return the blocks of a file, in their order
	 */
	public static List<ShellBlock> of(Path file) throws IOException {
		List<ShellBlock> blocks = new ArrayList<>();
		boolean previousPrints = false;
		String heading = "";
		List<String> lines = Files.readAllLines(file);
		for (int i = 0; i < lines.size(); i++) {
			Matcher fence = FENCE.matcher(lines.get(i));
			Matcher title = HEADING.matcher(lines.get(i));
			if (title.matches()) {
				heading = title.group(1);
				previousPrints = false;
			}
			else if (fence.matches()) {
				int first = i + 1;
				i = end(lines, first);
				String text = String.join("\n", lines.subList(first, i)).stripIndent() + "\n";
				boolean shell = fence.group(1).equals("sh");
				if (shell) {
					blocks.add(new ShellBlock(heading, first + 1, text, ""));
				}
				else if (previousPrints && PRINTED.contains(fence.group(1))) {
					blocks.add(blocks.removeLast().printing(text));
				}
				previousPrints = shell;
			}
		}
		return blocks;
	}

	private static int end(List<String> lines, int first) {
		for (int i = first; i < lines.size(); i++) {
			if (lines.get(i).strip().equals("```")) {
				return i;
			}
		}
		throw new AssertionError("line %d: the block does not end".formatted(first));
	}

	private ShellBlock printing(String text) {
		return new ShellBlock(this.heading, this.line, this.command, text);
	}

	/**
	 * @return where it is and how it begins, as the name of a test
	 */
	@Override
	public String toString() {
		return "line %d, %s: %s".formatted(this.line, this.heading, this.command.lines().findFirst().orElse(""));
	}

}
