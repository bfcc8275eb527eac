package dev.udpprobe.module;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * What has to hold for an answer to be good.
 *
 * @param field whose value is looked at; {@link #DATAGRAM} and {@link #LENGTH} are of the datagram itself
 * @param not whether it must be none of the alternatives
 * @param otherwise what is said if it does not hold; null for what it is, and what it should be
 */
record Condition(String field, boolean not, List<Alternative> alternatives, @Nullable Sentence otherwise) {

	/** The whole datagram. */
	static final String DATAGRAM = "datagram";

	/** Its length in bytes. */
	static final String LENGTH = "length";

	/**
	 * Reads conditions with {@code and} between.
	 * @param fields the names of the values that are found
	 * @param settings the names of the settings that are not secret
	 * @throws SyntaxException if they are none
	 */
	static List<Condition> parse(String text, Set<String> fields, Set<String> settings) {
		Cursor in = new Cursor(text);
		List<Condition> conditions = new ArrayList<>();
		do {
			conditions.add(one(in, fields, settings));
			in.blanks();
		} while (in.takeWord("and"));
		if (!in.isAtEnd()) {
			throw in.wrong("a condition is NAME is VALUE, or NAME is not VALUE; between two stands and");
		}
		return conditions;
	}

	private static Condition one(Cursor in, Set<String> fields, Set<String> settings) {
		in.blanks();
		int start = in.at();
		String field = in.name();
		if (!fields.contains(field) && !field.equals(DATAGRAM) && !field.equals(LENGTH)) {
			throw in.wrong(start, "the answer has no value %s; there are %s, %s and %s".formatted(field,
					String.join(", ", fields), LENGTH, DATAGRAM));
		}
		in.blanks();
		if (!in.takeWord("is")) {
			throw in.wrong("'is' is missing");
		}
		in.blanks();
		boolean not = in.takeWord("not");
		List<Alternative> alternatives = Alternatives.list(in, settings);
		Sentence otherwise = null;
		if (in.takeWord("else")) {
			in.blanks();
			int sentence = in.at();
			Set<String> told = new LinkedHashSet<>(fields);
			told.add(LENGTH);
			String text = new String(Literals.quoted(in), StandardCharsets.UTF_8);
			try {
				otherwise = Sentence.parse(text, told);
			}
			catch (SyntaxException ex) {
				throw in.wrong(sentence, String.valueOf(ex.getMessage()));
			}
		}
		return new Condition(field, not, alternatives, otherwise);
	}

	/**
	 * @param values of the settings, as alternatives; none where anything is good
	 * @return the same with the settings' values, or null if anything is good
	 */
	@Nullable
	Condition with(Function<String, List<Alternative>> values) {
		List<Alternative> all = this.alternatives.stream()
				.flatMap((alternative) -> (alternative instanceof Alternative.Setting(String name))
						? values.apply(name).stream()
						: Stream.of(alternative))
				.toList();
		return all.isEmpty() ? null : new Condition(this.field, this.not, all, this.otherwise);
	}

	/**
	 * @param fields the values of the answer
	 */
	boolean holds(Map<String, FieldValue> fields, byte[] datagram) {
		FieldValue value = value(fields, datagram);
		return this.alternatives.stream().anyMatch((alternative) -> alternative.matches(value)) != this.not;
	}

	private @Nullable FieldValue value(Map<String, FieldValue> fields, byte[] datagram) {
		return switch (this.field) {
			case DATAGRAM -> new FieldValue.Bytes(datagram);
			case LENGTH -> new FieldValue.Number(datagram.length);
			default -> fields.get(this.field);
		};
	}

	/**
	 * @param fields the same as of {@link #holds}, with the length of the datagram
	 * @return why it does not hold; it may be long
	 */
	String reason(Map<String, FieldValue> fields, byte[] datagram) {
		FieldValue value = value(fields, datagram);
		if (this.otherwise != null) {
			return this.otherwise.with(fields);
		}
		if (value == null || (value instanceof FieldValue.Texts none && none.values().isEmpty())) {
			return "there is no " + this.field;
		}
		String is = "%s is %s".formatted(this.field, Sentence.text(value));
		if (this.not) {
			return is;
		}
		String taken = Alternatives.text(this.alternatives)
				+ (this.alternatives.stream().allMatch((each) -> each.seesAll(value))
						? ""
						: ", as far as the pattern looks");
		return (value instanceof FieldValue.Texts(List<String> texts) && texts.size() > 1)
				? "none of %d %s is %s".formatted(texts.size(), this.field, taken)
				: "%s, not %s".formatted(is, taken);
	}

}
