package dev.udpprobe.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.PatternSyntaxException;

import org.jspecify.annotations.Nullable;

import dev.udpprobe.net.ErrorText;

/**
 * The files that paths name, and which of them have changed since they were read. For one thread at a time.
 */
final class WatchedFiles {

	static final int MAX_FILES = 1_000;

	private final String key;

	private final List<Path> patterns;

	/** As they were when they were read. */
	private final Map<Path, Seen> read = new TreeMap<>();

	/** As they were at the last look. */
	private Map<Path, Seen> last = Map.of();

	/**
	 * How a file is. What it is a link to counts, too: so does Kubernetes change files.
	 */
	private record Seen(@Nullable Path real, @Nullable Object inode, long length, long modifiedMillis) {}

	/**
	 * What a look finds.
	 *
	 * @param files all, in order of path
	 * @param changed since they were read; one that is gone, too
	 * @param standing those of them that are as they were at the look before, so that nobody is writing them
	 * @param wrong why there may be more, in a sentence each; files that are not found for that are as they were
	 */
	record Look(Set<Path> files, Set<Path> changed, Set<Path> standing, List<String> wrong) {}

	/**
	 * @param key of the configuration
	 * @param patterns paths, whose last part may have * and ?
	 * @throws WrongFileException if one is none
	 */
	WatchedFiles(String key, List<String> patterns) {
		this.key = key;
		this.patterns = patterns.stream().map(WatchedFiles::pattern).toList();
	}

	private static Path pattern(String text) {
		try {
			Path pattern = Path.of(text);
			if (isGlob(pattern)) {
				var _ = FileSystems.getDefault().getPathMatcher("glob:" + pattern.getFileName());
			}
			return pattern;
		}
		catch (PatternSyntaxException ex) {
			throw new WrongFileException("%s is no pattern of file names: %s.".formatted(text, ex.getDescription()));
		}
		catch (InvalidPathException ex) {
			throw new WrongFileException("%s is no path: %s.".formatted(text.replace('\0', '?'), ex.getReason()));
		}
	}

	/**
	 * @return whether none is named
	 */
	boolean isEmpty() {
		return this.patterns.isEmpty();
	}

	Look look() {
		List<String> wrong = new ArrayList<>();
		Map<Path, Seen> now = new TreeMap<>();
		for (Path pattern : this.patterns) {
			try {
				paths(pattern).forEach((path) -> now.put(path, look(path)));
			}
			catch (WrongFileException ex) {
				wrong.add(String.valueOf(ex.getMessage()));
				this.read.forEach((path, seen) -> {
					if (directory(pattern).equals(path.getParent())) {
						now.put(path, seen);
					}
				});
			}
		}
		Map<Path, Seen> before = this.last;
		this.last = now;
		if (now.size() > MAX_FILES) {
			return new Look(new TreeSet<>(this.read.keySet()), Set.of(), Set.of(),
					List.of("%s are more than %,d files.".formatted(this.key, MAX_FILES)));
		}
		Set<Path> changed = new TreeSet<>(this.read.keySet());
		changed.addAll(now.keySet());
		changed.removeIf((path) -> Objects.equals(this.read.get(path), now.get(path)));
		Set<Path> standing = new TreeSet<>(changed);
		standing.removeIf((path) -> !Objects.equals(before.get(path), now.get(path)));
		return new Look(Collections.unmodifiableSet(now.keySet()), changed, standing, wrong);
	}

	/**
	 * Takes a file for read as it was at the last look.
	 */
	void reads(Path path) {
		Seen seen = this.last.get(path);
		if (seen != null) {
			this.read.put(path, seen);
		}
		else {
			this.read.remove(path);
		}
	}

	/**
	 * Takes a file for one that changes until it is read.
	 */
	void forget(Path path) {
		this.read.remove(path);
	}

	/**
	 * @throws IOException if it cannot be read, which may be another time without a change of the file; or if it has changed
	 * since the last look, so that this may be the half of it
	 * @throws WrongFileException if it is no file, or too long
	 */
	byte[] bytes(Path path, int max) throws IOException {
		// To open a pipe would wait for whoever writes it.
		if (Files.exists(path) && !Files.isRegularFile(path)) {
			throw new WrongFileException(
					"%s is %s.".formatted(path, Files.isDirectory(path) ? "a directory" : "no regular file"));
		}
		try (InputStream in = Files.newInputStream(path)) {
			byte[] bytes = in.readNBytes(max + 1);
			if (bytes.length > max) {
				throw new WrongFileException("%s has more than %,d bytes.".formatted(path, max));
			}
			if (!look(path).equals(this.last.get(path))) {
				throw new IOException("it changes while it is read");
			}
			return bytes;
		}
	}

	/**
	 * @return a sentence
	 */
	static String unreadable(Path path, IOException failure) {
		return "%s cannot be read: %s.".formatted(path, switch (failure) {
			case NoSuchFileException _ -> "no such file";
			case AccessDeniedException _ -> "no permission";
			default -> ErrorText.of(failure);
		});
	}

	private static boolean isGlob(Path pattern) {
		String last = String.valueOf(pattern.getFileName());
		return last.contains("*") || last.contains("?");
	}

	private static Path directory(Path pattern) {
		return (pattern.getParent() != null) ? pattern.getParent() : Path.of(".");
	}

	private static List<Path> paths(Path pattern) {
		if (!isGlob(pattern)) {
			return List.of(pattern);
		}
		List<Path> paths = new ArrayList<>();
		Path directory = directory(pattern);
		try (DirectoryStream<Path> found = Files.newDirectoryStream(directory, String.valueOf(pattern.getFileName()))) {
			for (Path path : found) {
				// Editors lock what they change by files with a dot.
				if (!path.getFileName().toString().startsWith(".")) {
					paths.add(path);
				}
				if (paths.size() > MAX_FILES) {
					break;
				}
			}
			return paths;
		}
		catch (DirectoryIteratorException ex) {
			throw new WrongFileException(unreadable(directory, Objects.requireNonNull(ex.getCause())));
		}
		catch (IOException ex) {
			throw new WrongFileException(unreadable(directory, ex));
		}
	}

	private static Seen look(Path path) {
		try {
			BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
			return new Seen(path.toRealPath(), attributes.fileKey(), attributes.size(),
					attributes.lastModifiedTime().toMillis());
		}
		catch (IOException _) {
			// To read it says why it cannot be read.
			return new Seen(null, null, 0, 0);
		}
	}

}
