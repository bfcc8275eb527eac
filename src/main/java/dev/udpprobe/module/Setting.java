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

	/**
	 * Which values are taken.
	 *
	 * @param kind what a value is
	 * @param alternatives of which it is one; none for any
	 */
	public record Takes(Kind kind, List<Alternative> alternatives) {

		private static final String TAKES = "a setting takes text, pattern, or values such as 1..5 and on, off, or a list of them";

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
				int start = in.at();
				alternatives = Alternatives.list(in, Set.of());
				if (!alternatives.stream().allMatch(Takes::isOfText)) {
					throw in.wrong(start, TAKES);
				}
			}
			in.blanks();
			if (!in.isAtEnd()) {
				throw in.wrong(TAKES);
			}
			return new Takes(kind, alternatives);
		}

		private static boolean isOfText(Alternative alternative) {
			return !(alternative instanceof Alternative.Absent || alternative instanceof Alternative.Bytes);
		}

		/**
		 * @return for people
		 */
		@Override
		public String toString() {
			return switch (this.kind) {
				case PATTERN -> "a pattern of RE2";
				case LIST -> "a list of " + Alternatives.text(this.alternatives);
				case ONE -> this.alternatives.isEmpty() ? "text" : Alternatives.text(this.alternatives);
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

	/**
	 * @throws BadSettingException if the value is not taken, or is a reference to what nobody has set
	 */
	void checkConfigured(String value) {
		if (value.contains("${")) {
			throw new BadSettingException(this.name, "it refers to a variable (${...}) that is not set");
		}
		check(value);
	}

	private @Nullable String wrong(String value) {
		if (this.takes.kind() == Takes.Kind.PATTERN) {
			try {
				var _ = Patterns.compile(value);
				return null;
			}
			catch (IllegalArgumentException ex) {
				return ex.getMessage();
			}
		}
		boolean taken = this.takes.alternatives().isEmpty()
				|| ((this.takes.kind() == Takes.Kind.LIST) ? items(value).allMatch(this::isTaken) : isOne(value));
		return taken ? null : "'%s' is not %s".formatted(value, this.takes);
	}

	private boolean isTaken(String item) {
		return (Alternatives.plain(item) instanceof Alternative.Range(long min, long max) && item.contains(".."))
				? min <= max && isOne(Long.toString(min)) && isOne(Long.toString(max))
				: isOne(item);
	}

	private boolean isOne(String item) {
		return this.takes.alternatives().stream()
				.anyMatch((alternative) -> alternative.matches(new FieldValue.Text(item)));
	}

	/**
	 * Without its value, which may be secret.
	 */
	@Override
	public String toString() {
		return this.name;
	}

	/**
	 * @return what a condition takes the value for: each item of a list, a pattern; none where it is empty
	 */
	List<Alternative> alternatives(String value) {
		if (value.isBlank()) {
			return List.of();
		}
		return switch (this.takes.kind()) {
			case PATTERN -> List.of(new Alternative.Matching(Patterns.compile(value)));
			case ONE -> List.of(Alternatives.plain(value));
			case LIST -> items(value).map(Alternatives::plain).toList();
		};
	}

	private static Stream<String> items(String value) {
		return Stream.of(value.split(",", -1)).map(String::strip);
	}

}
