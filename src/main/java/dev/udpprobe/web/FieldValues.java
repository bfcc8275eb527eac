package dev.udpprobe.web;

import java.util.List;
import java.util.stream.Stream;

import dev.udpprobe.net.Labelled;

/**
 * What a field takes.
 *
 * @param allowed all values that there are; empty if they are not told one by one
 * @param minimum of an integer
 * @param maximum of an integer
 */
record FieldValues(Type type, List<String> allowed, int minimum, int maximum) {

	static final FieldValues STRING = new FieldValues(Type.STRING, List.of(), 0, 0);

	static final FieldValues STRINGS = new FieldValues(Type.STRINGS, List.of(), 0, 0);

	static final FieldValues BOOLEAN = new FieldValues(Type.BOOLEAN, List.of("true", "false"), 0, 0);

	/**
	 * What JSON takes.
	 */
	enum Type {

		STRING("string", "a JSON string"), INTEGER("integer", "a whole number in JSON"), BOOLEAN("boolean",
				"true or false in JSON"),

		/** One for each time that the field is given. */
		STRINGS("array", "a JSON array of strings");

		private final String label;

		private final String takes;

		Type(String label, String takes) {
			this.label = label;
			this.takes = takes;
		}

		/**
		 * @return its name in JSON Schema
		 */
		String label() {
			return this.label;
		}

		String takes() {
			return this.takes;
		}

	}

	static FieldValues of(Labelled... allowed) {
		return of(Stream.of(allowed).map(Labelled::label).toList());
	}

	static FieldValues of(List<String> allowed) {
		return new FieldValues(Type.STRING, allowed, 0, 0);
	}

	static FieldValues range(int minimum, int maximum) {
		return new FieldValues(Type.INTEGER, List.of(), minimum, maximum);
	}

	/**
	 * @return whether it may be given several times
	 */
	boolean repeats() {
		return this.type == Type.STRINGS;
	}

}
