package dev.udpprobe.config;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A file of targets in Prometheus' format for {@code file_sd}: a list of groups, of targets that share their labels. Both languages
 * that it may be written in are judged here.
 */
final class TargetFile {

	/** In bytes. */
	static final int MAX_LENGTH = 10 << 20;

	/** Of lists, maps and texts in a file. */
	static final int MAX_VALUES = 1_000_000;

	static final int MAX_DEPTH = 50;

	static final String TOO_DEEP = "lists and keys are nested too deep";

	static final String TOO_MANY = "there are too many values";

	/** In characters. */
	private static final int MAX_CLAUSE = 300;

	private static final String TARGETS = "targets";

	private static final String LABELS = "labels";

	/** What Prometheus and its kind say of a target, and drop. */
	private static final String META = "__meta_";

	private TargetFile() {}

	/**
	 * @param number from 1
	 * @param labels without those that are empty, which Prometheus takes for none, and those that it drops
	 */
	record Group(int number, List<String> targets, Map<String, String> labels) {

		/**
		 * Without the values, of which some are secret.
		 */
		@Override
		public String toString() {
			return "group " + this.number;
		}

	}

	/**
	 * @param path for messages, and for its ending, which says the language
	 * @return those that have targets
	 * @throws WrongFileException if it is none
	 */
	static List<Group> read(Path path, byte[] bytes) {
		String text = text(path, bytes);
		Object root = path.toString().toLowerCase(Locale.ROOT).endsWith(".json")
				? JsonValues.read(path, text)
				: YamlValues.read(path, text);
		if (!(root instanceof List<?> items)) {
			throw wrong(path,
					(root == null) ? "it is empty; a file without targets has []" : "it has to be a list of groups");
		}
		List<Group> groups = new ArrayList<>();
		int number = 0;
		for (Object item : items) {
			number++;
			Group group = group(path, number, item);
			if (!group.targets().isEmpty()) {
				groups.add(group);
			}
		}
		return groups;
	}

	static String text(Path path, byte[] bytes) {
		ByteBuffer in = ByteBuffer.wrap(bytes);
		try {
			String text = StandardCharsets.UTF_8.newDecoder().decode(in).toString();
			return text.startsWith("\uFEFF") ? text.substring(1) : text;
		}
		catch (CharacterCodingException _) {
			throw wrong(path, "it is not UTF-8, byte %,d".formatted(in.position() + 1));
		}
	}

	private static Group group(Path path, int number, @Nullable Object item) {
		if (!(item instanceof Map<?, ?> group)) {
			throw wrong(path, "group %d has to have keys: %s and %s".formatted(number, TARGETS, LABELS));
		}
		group.keySet().forEach((key) -> {
			if (!TARGETS.equals(key) && !LABELS.equals(key)) {
				throw wrong(path,
						"group %d has the key '%s'; it takes %s and %s".formatted(number, key, TARGETS, LABELS));
			}
		});
		return new Group(number, targets(path, number, group.get(TARGETS)), labels(path, number, group.get(LABELS)));
	}

	private static List<String> targets(Path path, int group, @Nullable Object value) {
		if (value == null) {
			return List.of();
		}
		if (!(value instanceof List<?> items)) {
			throw wrong(path, "%s of group %d have to be a list".formatted(TARGETS, group));
		}
		List<String> targets = new ArrayList<>();
		for (Object item : items) {
			if (!(item instanceof String target)) {
				throw wrong(path, "group %d, target %d is no text".formatted(group, targets.size() + 1));
			}
			targets.add(target);
		}
		return targets;
	}

	private static Map<String, String> labels(Path path, int group, @Nullable Object value) {
		if (value == null) {
			return Map.of();
		}
		if (!(value instanceof Map<?, ?> items)) {
			throw wrong(path, "%s of group %d have to have names and values".formatted(LABELS, group));
		}
		Map<String, String> labels = new LinkedHashMap<>();
		items.forEach((name, text) -> {
			if (text != null && !(text instanceof String)) {
				throw wrong(path, "group %d, label '%s' is no text".formatted(group, name));
			}
			String key = String.valueOf(name);
			if (text instanceof String label && !label.isEmpty() && !key.startsWith(META)) {
				labels.put(key, label);
			}
		});
		return labels;
	}

	static WrongFileException wrong(Path path, String why) {
		return new WrongFileException(sentence(path, why));
	}

	static String sentence(Path path, String why) {
		return "%s: %s.".formatted(path, why.substring(0, Math.min(why.length(), MAX_CLAUSE)));
	}

}
