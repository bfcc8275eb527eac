package dev.udpprobe.config;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import dev.udpprobe.module.Modules;
import dev.udpprobe.monitor.TargetFiles;
import dev.udpprobe.monitor.TargetSpec;

/**
 * The targets of files. A file that is wrong keeps those that it gave before. For one thread at a time, but for what
 * {@link TargetFiles} has.
 */
final class TargetSources implements TargetFiles {

	private static final Log logger = LogFactory.getLog(TargetSources.class);

	/** With those of the configuration. */
	private static final int MAX_TARGETS = 100_000;

	private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\u2028\\u2029]");

	private final WatchedFiles files;

	private final List<TargetSpec> configured;

	private final GroupTargets reader;

	private final Duration interval;

	private final Consumer<List<TargetSpec>> use;

	private final Map<Path, KnownFile> known = new TreeMap<>();

	/** Null before anybody was told of any. */
	private @Nullable Map<Named, TargetSpec> named;

	/** Whether targets were found of which nobody could be told. */
	private boolean unused;

	/** What was told of each file or directory. */
	private Map<String, String> told = Map.of();

	/** Why files may be missing. */
	private List<String> missing = List.of();

	private volatile int wrong;

	private volatile Instant lastSuccess = Instant.now();

	private record Named(TargetProperties target, String file) {}

	/**
	 * @param patterns paths, whose last part may have * and ?
	 * @param configured that are there besides
	 * @param interval of a target that has none of its own
	 * @param use is told of all targets of files at the start, and then whenever they are others
	 * @throws WrongFileException if a pattern is none
	 */
	TargetSources(List<String> patterns, List<TargetSpec> configured, Modules modules, Duration maxTimeout,
			Duration interval, Consumer<List<TargetSpec>> use) {
		this.files = new WatchedFiles("udp-probe.target-files", patterns);
		this.configured = configured;
		this.reader = new GroupTargets(modules::find, maxTimeout);
		this.interval = interval;
		this.use = use;
		read();
	}

	/**
	 * @return whether files are named
	 */
	boolean hasFiles() {
		return !this.files.isEmpty();
	}

	/**
	 * Reads what has changed, and has stood since the last look.
	 */
	void readIfChanged() {
		WatchedFiles.Look look = this.files.look();
		if (!look.standing().isEmpty() || !look.wrong().equals(this.missing)) {
			read(look, look.standing(), false);
		}
		else if (this.unused) {
			judge();
		}
	}

	/**
	 * Reads all files.
	 * @return what is wrong with them, in sentences; empty if nothing is
	 */
	String read() {
		WatchedFiles.Look look = this.files.look();
		Set<Path> all = new LinkedHashSet<>(look.files());
		all.addAll(look.changed());
		// Whoever asks is told, each time.
		this.told = Map.of();
		read(look, all, true);
		return String.join(" ", this.told.values());
	}

	private void read(WatchedFiles.Look look, Set<Path> some, boolean anyway) {
		Map<Path, KnownFile> before = Map.copyOf(this.known);
		Set<Path> due = new LinkedHashSet<>(some);
		before.forEach((path, file) -> {
			if (file.crowded()) {
				due.add(path);
			}
		});
		// First, so that what is gone makes room.
		due.stream().filter((path) -> !look.files().contains(path)).forEach((path) -> {
			this.files.reads(path);
			this.known.remove(path);
		});
		due.retainAll(look.files());
		due.forEach((path) -> {
			this.files.reads(path);
			this.known.put(path, read(path, before.getOrDefault(path, KnownFile.NONE)));
		});
		if (anyway || !this.known.equals(before) || !look.wrong().equals(this.missing)) {
			this.missing = look.wrong();
			judge();
		}
		else if (this.wrong == 0) {
			this.lastSuccess = Instant.now();
		}
	}

	private KnownFile read(Path path, KnownFile before) {
		try {
			KnownFile now = new KnownFile(TargetFile.read(path, this.files.bytes(path, TargetFile.MAX_LENGTH)), "",
					false);
			int others = this.configured.size() - before.targets()
					+ this.known.values().stream().mapToInt(KnownFile::targets).sum();
			if (others + now.targets() > MAX_TARGETS) {
				return before.fails(
						TargetFile.sentence(path, "there would be more than %,d targets in all".formatted(MAX_TARGETS)),
						true);
			}
			return now;
		}
		catch (WrongFileException ex) {
			return before.fails(String.valueOf(ex.getMessage()), false);
		}
		catch (IOException ex) {
			// Who may read it is no change of the file, so the next look tries again.
			this.files.forget(path);
			return before.fails(WatchedFiles.unreadable(path, ex), false);
		}
		catch (RuntimeException ex) {
			return before.fails("%s cannot be read: %s.".formatted(path, ex), false);
		}
	}

	/**
	 * Finds out which targets there are, as files and modules are.
	 */
	void judge() {
		Map<String, String> origins = new HashMap<>();
		this.configured.forEach((spec) -> origins.put(spec.name(), "the configuration"));
		Map<Named, TargetSpec> before = (this.named != null) ? this.named : Map.of();
		Map<Named, TargetSpec> now = new LinkedHashMap<>();
		Map<String, String> sentences = new LinkedHashMap<>();
		this.missing.forEach((sentence) -> sentences.put(sentence, sentence));
		this.known.forEach((path, file) -> {
			LeftOut leftOut = new LeftOut();
			List<TargetProperties> targets = new ArrayList<>();
			file.groups().forEach((group) -> this.reader.take(group, targets, leftOut));
			for (TargetProperties target : targets) {
				String other = origins.putIfAbsent(target.name(), path.toString());
				if (other == null) {
					Named each = new Named(target, path.toString());
					TargetSpec former = before.get(each);
					now.put(each, (former != null) ? former : target.spec(this.interval, each.file()));
				}
				else {
					leftOut.add(1, "there is a target %s already, in %s".formatted(target.name(),
							other.equals(path.toString()) ? "this file" : other));
				}
			}
			String sentence = sentence(path, file, leftOut.text());
			if (!sentence.isEmpty()) {
				sentences.put(path.toString(), sentence);
			}
		});
		tell(sentences);
		boolean changed = !List.copyOf(now.keySet()).equals(List.copyOf(before.keySet()));
		if (changed) {
			logger.info("target files: targets in effect: %,d".formatted(now.size()));
		}
		if (changed || this.named == null) {
			// Until it has been used: an interface may be away, which an address is of.
			this.unused = true;
			this.use.accept(List.copyOf(now.values()));
			this.named = now;
			this.unused = false;
		}
		if (this.wrong == 0) {
			this.lastSuccess = Instant.now();
		}
	}

	private static String sentence(Path path, KnownFile file, String leftOut) {
		String problem = file.problem();
		if (!problem.isEmpty() && file.targets() > 0) {
			problem += " Its targets stay as they were.";
		}
		String out = leftOut.isEmpty() ? "" : "%s: %s.".formatted(path, leftOut);
		return UNPRINTABLE.matcher((problem + " " + out).strip()).replaceAll("?");
	}

	private void tell(Map<String, String> sentences) {
		sentences.forEach((file, sentence) -> {
			if (!sentence.equals(this.told.get(file))) {
				logger.warn("target files: " + sentence);
			}
		});
		this.told = sentences;
		this.wrong = sentences.size();
	}

	@Override
	public int wrong() {
		return this.wrong;
	}

	@Override
	public Instant lastSuccess() {
		return this.lastSuccess;
	}

}
