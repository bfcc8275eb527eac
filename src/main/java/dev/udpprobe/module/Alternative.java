package dev.udpprobe.module;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One of the values that are taken: in a condition, or for a setting.
 */
sealed interface Alternative {

	/** A number is one, too. */
	Pattern RANGE = Pattern.compile("(-?\\d{1,18})(?:\\.\\.(-?\\d{1,18}))?");

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
				case FieldValue.Text(String text) -> contains(text);
				case FieldValue.Texts(List<String> texts) -> texts.stream().anyMatch(this::contains);
				case null, default -> false;
			};
		}

		private boolean contains(String text) {
			return plain(text) instanceof Range(long number, long same) && number == same && contains(number);
		}

		boolean contains(long number) {
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
				case FieldValue.Number(long number) -> Long.toString(number).equals(this.text);
				case FieldValue.Bytes(byte[] bytes) -> Arrays.equals(bytes, Layouts.utf8(this.text));
				case null -> false;
			};
		}

		@Override
		public String toString() {
			return this.text;
		}

	}

	/**
	 * What a pattern of RE2 is found in; bytes are searched as a layout does it. Of texts it looks at so many characters, in all
	 * texts of a value together, and finds nothing that reaches beyond: 60,000, divided by the instructions of the pattern.
	 * That takes below a millisecond, even on an event loop.
	 */
	record Matching(Pattern pattern) implements Alternative {

		/** The instructions of the pattern times the characters that they look at. */
		private static final int BUDGET = 60_000;

		@Override
		public boolean matches(@Nullable FieldValue value) {
			return switch (value) {
				case FieldValue.Texts(List<String> texts) -> isIn(texts);
				case FieldValue.Bytes(byte[] bytes) -> new Match(bytes, Map.of()).find(this.pattern, 0) != null;
				case null -> false;
				default -> isIn(List.of(Sentence.text(value)));
			};
		}

		private boolean isIn(List<String> texts) {
			int left = BUDGET / this.pattern.programSize();
			for (String text : texts) {
				int seen = Math.min(left, text.length());
				Matcher matcher = this.pattern.matcher(text.substring(0, seen));
				// Where the text goes on, a match at the end of what is seen may be none.
				if (matcher.find() && (seen == text.length() || matcher.end() < seen)) {
					return true;
				}
				left -= seen;
			}
			return false;
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
	 * What a secret setting says, which is not told.
	 */
	record Secret(String name, Alternative value) implements Alternative {

		@Override
		public boolean matches(@Nullable FieldValue value) {
			return this.value.matches(value);
		}

		@Override
		public String toString() {
			return "what the setting %s says".formatted(this.name);
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
			return new Word(new String(Literals.quoted(in), StandardCharsets.UTF_8));
		}
		if (in.peek() == '/') {
			return new Matching(Literals.pattern(in));
		}
		if (in.take("[")) {
			Sequence layout = AnswerParser.within(in);
			return new Bytes(layout, in.since(start));
		}
		if (in.takeWord("absent")) {
			return new Absent();
		}
		return plain(in);
	}

	/**
	 * Reads a number, a range or a word, without quotes.
	 */
	static Alternative plain(Cursor in) {
		int start = in.at();
		String word = in.word();
		Alternative plain = plain(word);
		if (plain instanceof Range(long min, long max) && max < min) {
			throw in.wrong(start, "the range ends before it begins");
		}
		if (plain instanceof Word && word.contains("..")) {
			throw in.wrong(start, "a range takes two numbers of at most 18 digits, such as 1..5");
		}
		return plain;
	}

	/**
	 * @param text of a value
	 */
	static Alternative plain(String text) {
		Matcher range = RANGE.matcher(text);
		if (!range.matches()) {
			return new Word(text);
		}
		String max = range.group(2);
		return new Range(Long.parseLong(range.group(1)), Long.parseLong((max != null) ? max : range.group(1)));
	}

	/**
	 * @return those of a list, for messages
	 */
	static String text(List<Alternative> alternatives) {
		return alternatives.stream().map(Alternative::toString).collect(Collectors.joining(", "));
	}

}
