package dev.udpprobe.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.json.JsonMapper;

/**
 * JSON as lists, maps and texts.
 */
final class JsonValues {

	/** What a message of the parser says of itself. */
	private static final Pattern OF_THE_PARSER = Pattern.compile(" \\(start marker.*|, from `[^)]*\\)");

	/** It quotes what stands there, which may be a secret. */
	private static final String UNQUOTED = "Unrecognized token";

	private final Path path;

	private final JsonParser parser;

	private int values;

	private JsonValues(Path path, JsonParser parser) {
		this.path = path;
		this.parser = parser;
	}

	/**
	 * @return null if there is nothing
	 * @throws WrongFileException if it is no JSON, or a name stands twice
	 */
	static @Nullable Object read(Path path, String text) {
		try (JsonParser parser = JsonMapper.shared().createParser(text)) {
			return new JsonValues(path, parser).document();
		}
		catch (JacksonException ex) {
			String problem = String.valueOf(ex.getOriginalMessage());
			throw TargetFile.wrong(path,
					"it is not JSON: %s%s".formatted(problem.startsWith(UNQUOTED)
							? "a text takes double quotes"
							: OF_THE_PARSER.matcher(problem).replaceAll(""), place(ex.getLocation())));
		}
	}

	private @Nullable Object document() {
		JsonToken first = this.parser.nextToken();
		Object value = (first != null) ? value(first, 0) : null;
		if (this.parser.nextToken() != null) {
			throw wrong("there is more behind the list");
		}
		return value;
	}

	private @Nullable Object value(@Nullable JsonToken token, int depth) {
		this.values++;
		if (depth > TargetFile.MAX_DEPTH) {
			throw wrong(TargetFile.TOO_DEEP);
		}
		if (this.values > TargetFile.MAX_VALUES) {
			throw wrong(TargetFile.TOO_MANY);
		}
		return switch (token) {
			case START_ARRAY -> list(depth + 1);
			case START_OBJECT -> map(depth + 1);
			case VALUE_STRING -> this.parser.getString();
			case VALUE_NULL -> null;
			case null, default -> throw wrong("a text takes double quotes");
		};
	}

	private List<@Nullable Object> list(int depth) {
		List<@Nullable Object> list = new ArrayList<>();
		for (JsonToken next = this.parser.nextToken(); next != JsonToken.END_ARRAY; next = this.parser.nextToken()) {
			list.add(value(next, depth));
		}
		return list;
	}

	private Map<String, @Nullable Object> map(int depth) {
		Map<String, @Nullable Object> map = new LinkedHashMap<>();
		while (this.parser.nextToken() != JsonToken.END_OBJECT) {
			String name = this.parser.currentName();
			if (map.containsKey(name)) {
				throw wrong("the key '%s' is there twice".formatted(name));
			}
			map.put(name, value(this.parser.nextToken(), depth));
		}
		return map;
	}

	private WrongFileException wrong(String why) {
		return TargetFile.wrong(this.path, why + place(this.parser.currentTokenLocation()));
	}

	private static String place(@Nullable TokenStreamLocation location) {
		return (location != null)
				? ", line %d, column %d".formatted(location.getLineNr(), location.getColumnNr())
				: "";
	}

}
