package dev.udpprobe.documents;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/**
 * The documents: all Markdown files of the repository.
 */
final class Documents {

	private Documents() {}

	/**
	 * @return relative to the root
	 */
	static List<Path> all() throws IOException {
		List<Path> found = new ArrayList<>();
		Path root = Path.of("");
		Files.walkFileTree(root, new SimpleFileVisitor<>() {
			@Override
			public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
				String name = directory.getFileName().toString();
				boolean skipped = name.equals("target") || (name.startsWith(".") && name.length() > 1);
				return skipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
			}

			@Override
			public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
				if (file.toString().endsWith(".md")) {
					found.add(file);
				}
				return FileVisitResult.CONTINUE;
			}
		});
		return found;
	}

	/**
	 * @return the lines outside of fenced blocks
	 */
	static List<String> prose(Path file) throws IOException {
		List<String> lines = new ArrayList<>();
		boolean inCode = false;
		for (String line : Files.readAllLines(file)) {
			boolean fence = line.strip().startsWith("```");
			inCode ^= fence;
			if (!inCode && !fence) {
				lines.add(line);
			}
		}
		return lines;
	}

}
