package dev.udpprobe.web;

import java.util.Set;
import java.util.stream.Collectors;

/**
 * The fields of requests, by their names in JSON, forms and queries.
 */
enum Field {

	MESSAGE("message", Type.STRING),

	TARGET("target", Type.STRING),

	TIMEOUT("timeout", Type.STRING),

	SOCKET("socket", Type.STRING),

	TTL("ttl", Type.NUMBER),

	DSCP("dscp", Type.NUMBER),

	DONT_FRAGMENT("dontFragment", Type.BOOLEAN),

	SOURCE("source", Type.STRING),

	MAX_HOPS("maxHops", Type.NUMBER),

	TRIES("tries", Type.NUMBER);

	/**
	 * What JSON takes.
	 */
	enum Type {

		STRING("a JSON string"), NUMBER("a whole number in JSON"), BOOLEAN("true or false in JSON");

		private final String takes;

		Type(String takes) {
			this.takes = takes;
		}

		String takes() {
			return this.takes;
		}

	}

	private final String label;

	private final Type type;

	Field(String label, Type type) {
		this.label = label;
		this.type = type;
	}

	String label() {
		return this.label;
	}

	Type type() {
		return this.type;
	}

	static String list(Set<Field> fields) {
		return fields.stream().map(Field::label).collect(Collectors.joining(", "));
	}

}
