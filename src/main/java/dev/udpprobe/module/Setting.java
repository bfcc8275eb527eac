package dev.udpprobe.module;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * What a module can be told.
 *
 * @param about a clause that says what it is
 * @param defaultValue the value where nobody says; null if somebody has to
 * @param secret whether only the configuration may say, and nothing may show it
 */
public record Setting(String name, String about, @Nullable String defaultValue, Takes takes, boolean secret) {

	private static final String RANGE = "\\d{1,18}\\.\\.\\d{1,18}";

	/**
	 * Which values are taken.
	 *
	 * @param kind what a value is
	 * @param alternatives of which it is one; none for any
	 */
	public record Takes(Kind kind, List<Alternative> alternatives) {

		/**
		 * What a value is.
		 */
		public enum Kind {

			/** A text, a number, a name. */
			ONE,

			/** Some of them, with commas between. */
			LIST,

			/** A pattern of RE2, or nothing. */
			PATTERN

		}

		/**
		 * @throws SyntaxException if it is none
		 */
		static Takes parse(String text) {
			Cursor in = new Cursor(text);
			in.blanks();
			Kind kind = Kind.ONE;
			List<Alternative> alternatives = List.of();
			if (in.takeWord("pattern")) {
				kind = Kind.PATTERN;
			}
			else if (!in.takeWord("text")) {
				if (in.take("list of ")) {
					kind = Kind.LIST;
				}
				alternatives = Alternative.list(in, Set.of());
			}
			in.blanks();
			if (!in.isAtEnd()) {
				throw in.wrong("a setting takes text, pattern, or values such as 1..5 and on, off, or a list of them");
			}
			return new Takes(kind, alternatives);
		}

		/**
		 * @return for people
		 */
		@Override
		public String toString() {
			return switch (this.kind) {
				case PATTERN -> "a pattern of RE2";
				case LIST -> "a list of " + Alternative.text(this.alternatives);
				case ONE -> this.alternatives.isEmpty() ? "text" : Alternative.text(this.alternatives);
			};
		}

	}

	/**
	 * @throws BadSettingException if the value is not taken
	 */
	void check(String value) {
		String wrong = wrong(value);
		if (wrong != null) {
			throw new BadSettingException(this.name,
					this.secret ? "the configured value is not taken; it takes " + this.takes : wrong);
		}
	}

	private @Nullable String wrong(String value) {
		if (this.takes.kind() == Takes.Kind.PATTERN) {
			try {
				var _ = Cursor.pattern(value);
				return null;
			}
			catch (IllegalArgumentException ex) {
				return ex.getMessage();
			}
		}
		Stream<String> items = (this.takes.kind() == Takes.Kind.LIST)
				? Stream.of(value.split(",", -1))
				: Stream.of(value);
		boolean taken = this.takes.alternatives().isEmpty() || items.allMatch((item) -> isTaken(item.strip()));
		return taken ? null : "'%s' is not %s".formatted(value, this.takes);
	}

	private boolean isTaken(String item) {
		if (this.takes.kind() == Takes.Kind.LIST && item.matches(RANGE)) {
			return Stream.of(item.split("\\.\\.", 2)).allMatch(this::isOne);
		}
		return isOne(item);
	}

	private boolean isOne(String item) {
		return this.takes.alternatives().stream()
				.anyMatch((alternative) -> alternative.matches(new FieldValue.Text(item)));
	}

	/**
	 * @return what a condition takes the value for: each item of a list, a pattern; none where it is empty
	 */
	List<Alternative> alternatives(String value) {
		if (value.isBlank()) {
			return List.of();
		}
		return switch (this.takes.kind()) {
			case PATTERN -> List.of(new Alternative.Matching(Cursor.pattern(value)));
			case ONE -> List.of(alternative(value));
			case LIST -> Stream.of(value.split(",", -1)).map((item) -> alternative(item.strip())).toList();
		};
	}

	private static Alternative alternative(String item) {
		if (item.matches(RANGE)) {
			String[] ends = item.split("\\.\\.", 2);
			return new Alternative.Range(Long.parseLong(ends[0]), Long.parseLong(ends[1]));
		}
		return item.matches("\\d{1,18}")
				? new Alternative.Range(Long.parseLong(item), Long.parseLong(item))
				: new Alternative.Word(item);
	}

}
