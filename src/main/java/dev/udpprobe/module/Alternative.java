package dev.udpprobe.module;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

import com.google.re2j.Matcher;
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
	 * @return whether all of the value was looked at
	 */
	default boolean seesAll(FieldValue value) {
		return true;
	}

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
			return Alternatives.plain(text) instanceof Range(long number, long same) && number == same
					&& contains(number);
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
				case FieldValue.Time time -> Sentence.text(time).equals(this.text);
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

		@Override
		public boolean seesAll(FieldValue value) {
			return !(value instanceof FieldValue.Texts(List<String> texts))
					|| texts.stream().mapToInt(String::length).sum() <= BUDGET / this.pattern.programSize();
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

}
