package dev.udpprobe.module;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import com.google.re2j.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One of the values that are taken: in a condition, or for a setting.
 */
sealed interface Alternative {

	/**
	 * @param value null where there is none
	 */
	boolean matches(@Nullable FieldValue value);

	/**
	 * A number from here to there.
	 */
	record Range(long min, long max) implements Alternative {

		@Override
		public boolean matches(@Nullable FieldValue value) {
			return switch (value) {
				case FieldValue.Number(long number) -> contains(number);
				case FieldValue.Code(long number, _) -> contains(number);
				case FieldValue.Text(String text) -> text.matches("\\d{1,18}") && contains(Long.parseLong(text));
				case null, default -> false;
			};
		}

		private boolean contains(long number) {
			return number >= this.min && number <= this.max;
		}

		@Override
		public String toString() {
			return (this.min == this.max) ? Long.toString(this.min) : this.min + ".." + this.max;
		}

	}

	/**
	 * A text, or the name of a number, in upper or lower case.
	 */
	record Word(String text) implements Alternative {

		@Override
		public boolean matches(@Nullable FieldValue value) {
			return switch (value) {
				case FieldValue.Text(String text) -> text.equals(this.text);
				case FieldValue.Code(_, String name) -> name.equalsIgnoreCase(this.text);
				case FieldValue.Texts(List<String> texts) -> texts.contains(this.text);
				case null, default -> false;
			};
		}

		@Override
		public String toString() {
			return this.text;
		}

	}

	/**
	 * What a pattern of RE2 is found in.
	 */
	record Matching(Pattern pattern) implements Alternative {

		@Override
		public boolean matches(@Nullable FieldValue value) {
			return switch (value) {
				case FieldValue.Texts(List<String> texts) ->
					texts.stream().anyMatch((text) -> this.pattern.matcher(text).find());
				case null -> false;
				default -> this.pattern.matcher(Sentence.text(value)).find();
			};
		}

		@Override
		public String toString() {
			return "/" + this.pattern.pattern() + "/";
		}

	}

	/**
	 * Bytes of a layout.
	 *
	 * @param source as it was written
	 */
	record Bytes(Sequence layout, String source) implements Alternative {

		@Override
		public boolean matches(@Nullable FieldValue value) {
			return value instanceof FieldValue.Bytes(byte[] bytes) && new Match(bytes, Map.of()).matches(this.layout);
		}

		@Override
		public String toString() {
			return this.source;
		}

	}

	/**
	 * No value at all.
	 */
	record Absent() implements Alternative {

		@Override
		public boolean matches(@Nullable FieldValue value) {
			return value == null;
		}

		@Override
		public String toString() {
			return "absent";
		}

	}

	/**
	 * What a setting says. It stands in conditions until the setting has its value.
	 */
	record Setting(String name) implements Alternative {

		@Override
		public boolean matches(@Nullable FieldValue value) {
			throw new IllegalStateException(this.name);
		}

	}

	/**
	 * Reads one or more, with commas between.
	 * @param settings the names that may stand in braces
	 */
	static List<Alternative> list(Cursor in, Set<String> settings) {
		List<Alternative> alternatives = new ArrayList<>();
		do {
			in.blanks();
			alternatives.add(one(in, settings));
			in.blanks();
		} while (in.take(","));
		return List.copyOf(alternatives);
	}

	private static Alternative one(Cursor in, Set<String> settings) {
		int start = in.at();
		if (in.take("{")) {
			String name = in.name();
			in.expect("}");
			if (!settings.contains(name)) {
				throw in.wrong(start, "there is no setting %s".formatted(name));
			}
			return new Setting(name);
		}
		if (in.peek() == '\'') {
			return new Word(new String(in.quoted(), StandardCharsets.UTF_8));
		}
		if (in.peek() == '/') {
			return new Matching(in.pattern());
		}
		if (in.take("[")) {
			String source = in.until(']');
			return new Bytes(AnswerParser.parse(source, Set.of()).parts(), "[" + source + "]");
		}
		if (in.takeWord("absent")) {
			return new Absent();
		}
		boolean negative = in.take("-");
		if (!in.isAtDigit()) {
			return new Word(in.word());
		}
		long min = negative ? -in.number() : in.number();
		long max = min;
		if (in.take("..")) {
			int at = in.at();
			max = in.take("-") ? -in.number() : in.number();
			if (max < min) {
				throw in.wrong(at, "the range ends before it begins");
			}
		}
		return new Range(min, max);
	}

	/**
	 * @return those of a list, for messages
	 */
	static String text(List<Alternative> alternatives) {
		return alternatives.stream().map(Alternative::toString).collect(Collectors.joining(", "));
	}

}
