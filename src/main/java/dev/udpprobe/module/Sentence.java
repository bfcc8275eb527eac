package dev.udpprobe.module;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * A text with places for values. What stands in square brackets is said only if all values in it are there.
 */
final class Sentence {

	/** In characters, with all values. */
	private static final int MAX = 1_000;

	private final List<Object> parts = new ArrayList<>();

	/**
	 * A place for a value.
	 *
	 * @param one the word behind a 1, or null for the value alone
	 * @param many the word behind another number
	 */
	private record Place(String name, @Nullable String one, @Nullable String many) {}

	private Sentence() {}

	/**
	 * @param text which is not read for that
	 * @return whether it may tell the value of that name
	 */
	static boolean mayHave(String text, String name) {
		return text.contains("{" + name + "}") || text.contains("{" + name + ":");
	}

	/**
	 * @param names of the values that may stand in braces
	 * @throws SyntaxException if it is none
	 */
	static Sentence parse(String text, Set<String> names) {
		Cursor in = new Cursor(text);
		Sentence sentence = parse(in, names, false);
		if (!in.isAtEnd()) {
			throw in.wrong("[ is missing before this; as a character it is written \\]");
		}
		return sentence;
	}

	private static Sentence parse(Cursor in, Set<String> names, boolean optional) {
		Sentence sentence = new Sentence();
		StringBuilder text = new StringBuilder();
		while (!in.isAtEnd() && in.peek() != ']') {
			int start = in.at();
			if (in.take("\\")) {
				if (in.isAtEnd()) {
					throw in.wrong(start, "a character is missing behind \\");
				}
				text.append(in.next());
			}
			else if (in.take("{")) {
				sentence.add(text).parts.add(place(in, names));
			}
			else if (in.take("[")) {
				if (optional) {
					throw in.wrong(start, "brackets within brackets are not taken; as a character it is written \\[");
				}
				sentence.add(text).parts.add(parse(in, names, true));
				if (!in.take("]")) {
					throw in.wrong(start, "it does not end: ] is missing");
				}
			}
			else {
				text.append(in.next());
			}
		}
		return sentence.add(text);
	}

	private static Place place(Cursor in, Set<String> names) {
		int start = in.at();
		String name = in.name();
		if (!names.contains(name)) {
			throw in.wrong(start, "there is no value %s; there are %s".formatted(name, String.join(", ", names)));
		}
		if (!in.take(":")) {
			in.expect("}");
			return new Place(name, null, null);
		}
		int wordsAt = in.at();
		String words = in.until('}', "} is missing");
		int comma = words.indexOf(',');
		if (comma < 0) {
			throw in.wrong(wordsAt,
					"it takes the word behind 1 and the one behind other numbers, such as answer,answers");
		}
		return new Place(name, words.substring(0, comma), words.substring(comma + 1));
	}

	private Sentence add(StringBuilder text) {
		if (!text.isEmpty()) {
			this.parts.add(text.toString());
			text.setLength(0);
		}
		return this;
	}

	/**
	 * @return the sentence, which is empty where a value is missing within brackets
	 */
	String with(Map<String, FieldValue> values) {
		String text = text(values);
		// What stood before the comma is not there.
		return shortened(text.startsWith(", ") ? text.substring(2) : text);
	}

	private String text(Map<String, FieldValue> values) {
		StringBuilder text = new StringBuilder();
		for (Object part : this.parts) {
			switch (part) {
				case Place place -> text.append(filled(place, values.get(place.name())));
				case Sentence optional -> text.append(optional.isComplete(values) ? optional.text(values) : "");
				default -> text.append(part);
			}
		}
		return text.toString();
	}

	/**
	 * @return as much of it as is told in a sentence
	 */
	static String shortened(String text) {
		if (text.length() <= MAX) {
			return text;
		}
		int end = Character.isHighSurrogate(text.charAt(MAX - 1)) ? MAX - 1 : MAX;
		return text.substring(0, end) + "...";
	}

	private boolean isComplete(Map<String, FieldValue> values) {
		return this.parts.stream()
				.allMatch((part) -> !(part instanceof Place place) || values.containsKey(place.name()));
	}

	private static String filled(Place place, @Nullable FieldValue value) {
		String text = (value != null) ? text(value) : "?";
		return (place.one() != null) ? text + " " + (text.equals("1") ? place.one() : place.many()) : text;
	}

	/**
	 * @return the value as a person reads it; what came from a peer is in it as it is
	 */
	static String text(FieldValue value) {
		return switch (value) {
			case FieldValue.Number(long number) -> Long.toString(number);
			case FieldValue.Code(_, String name) -> name;
			case FieldValue.Text(String text) -> text;
			case FieldValue.Time(Instant time) -> time.toString();
			case FieldValue.Bytes(byte[] bytes) -> HexFormat.of().formatHex(bytes);
			case FieldValue.Texts(List<String> texts) -> String.join(", ", texts);
		};
	}

}
