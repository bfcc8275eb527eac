package dev.udpprobe.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.DocumentEndEvent;
import org.yaml.snakeyaml.events.DocumentStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingEndEvent;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.events.SequenceEndEvent;
import org.yaml.snakeyaml.events.SequenceStartEvent;
import org.yaml.snakeyaml.events.StreamEndEvent;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.ReaderException;
import org.yaml.snakeyaml.reader.StreamReader;

/**
 * YAML as lists, maps and texts, which are what stands there, as Prometheus takes them: {@code 010} is no 8, and {@code on} no truth
 * value. It is made of the parser's events, so that no tag makes an object, and memory is bounded before it is taken.
 */
final class YamlValues {

	/** In characters. The parser takes the square of its time for a line. */
	private static final int MAX_LINE = 1 << 18;

	private static final Pattern NULL = Pattern.compile("|~|null|Null|NULL");

	private final Path path;

	private final ParserImpl parser;

	private int values;

	private YamlValues(Path path, ParserImpl parser) {
		this.path = path;
		this.parser = parser;
	}

	/**
	 * @return null if there is nothing
	 * @throws WrongFileException if it is no YAML, or has more than one document, or aliases
	 */
	static @Nullable Object read(Path path, String text) {
		checkLines(path, text);
		LoaderOptions options = new LoaderOptions();
		options.setCodePointLimit(TargetFile.MAX_LENGTH);
		try {
			return new YamlValues(path, new ParserImpl(new StreamReader(text), options)).document();
		}
		catch (MarkedYAMLException ex) {
			Mark mark = ex.getProblemMark();
			throw TargetFile.wrong(path, "it is not YAML: %s, line %d, column %d".formatted(ex.getProblem(),
					mark.getLine() + 1, mark.getColumn() + 1));
		}
		catch (ReaderException ex) {
			throw TargetFile.wrong(path,
					"it is not YAML: it has the character U+%04X, line %d".formatted(ex.getCodePoint(),
							1 + text.substring(0, ex.getPosition()).chars().filter((each) -> each == '\n').count()));
		}
	}

	private static void checkLines(Path path, String text) {
		int line = 1;
		for (int start = 0; start < text.length(); line++) {
			int end = text.indexOf('\n', start);
			int next = (end >= 0) ? end + 1 : text.length();
			if (next - start > MAX_LINE) {
				throw TargetFile.wrong(path, "line %d has more than %,d characters".formatted(line, MAX_LINE));
			}
			start = next;
		}
	}

	private @Nullable Object document() {
		// Of the stream.
		var _ = this.parser.getEvent();
		if (!(this.parser.getEvent() instanceof DocumentStartEvent)) {
			return null;
		}
		Object value = value(this.parser.getEvent(), 0);
		if (!(this.parser.getEvent() instanceof DocumentEndEvent)) {
			throw new IllegalStateException("a document does not end");
		}
		Event next = this.parser.getEvent();
		if (!(next instanceof StreamEndEvent)) {
			throw wrong("a second document is not taken", next);
		}
		return value;
	}

	private @Nullable Object value(Event event, int depth) {
		this.values++;
		if (depth > TargetFile.MAX_DEPTH) {
			throw wrong(TargetFile.TOO_DEEP, event);
		}
		if (this.values > TargetFile.MAX_VALUES) {
			throw wrong(TargetFile.TOO_MANY, event);
		}
		return switch (event) {
			case ScalarEvent scalar -> isNull(scalar) ? null : scalar.getValue();
			case SequenceStartEvent _ -> list(depth + 1);
			case MappingStartEvent _ -> map(depth + 1);
			case AliasEvent _ -> throw wrong("an alias is not taken", event);
			default -> throw new IllegalStateException(String.valueOf(event.getEventId()));
		};
	}

	private static boolean isNull(ScalarEvent scalar) {
		return scalar.isPlain() && NULL.matcher(scalar.getValue()).matches();
	}

	private List<@Nullable Object> list(int depth) {
		List<@Nullable Object> list = new ArrayList<>();
		for (Event next = this.parser.getEvent(); !(next instanceof SequenceEndEvent); next = this.parser.getEvent()) {
			list.add(value(next, depth));
		}
		return list;
	}

	private Map<String, @Nullable Object> map(int depth) {
		Map<String, @Nullable Object> map = new LinkedHashMap<>();
		for (Event next = this.parser.getEvent(); !(next instanceof MappingEndEvent); next = this.parser.getEvent()) {
			if (!(next instanceof ScalarEvent name)) {
				throw wrong((next instanceof AliasEvent) ? "an alias is not taken" : "a key has to be a text", next);
			}
			if (map.containsKey(name.getValue())) {
				throw wrong("the key '%s' is there twice".formatted(name.getValue()), next);
			}
			map.put(name.getValue(), value(this.parser.getEvent(), depth));
		}
		return map;
	}

	private WrongFileException wrong(String why, Event at) {
		Mark mark = at.getStartMark();
		return TargetFile.wrong(this.path,
				"%s, line %d, column %d".formatted(why, mark.getLine() + 1, mark.getColumn() + 1));
	}

}
