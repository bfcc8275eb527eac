package dev.udpprobe.web;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;

import dev.udpprobe.net.Addresses;
import dev.udpprobe.probe.BadRequestException;

/**
 * The fields of a request, as texts, whichever form they came in. Every reading throws
 * {@link BadRequestException} if the value is not taken.
 */
final class Fields {

	private final Map<Field, String> values = new EnumMap<>(Field.class);

	private final Set<Field> known;

	/**
	 * @param known what the request may have. Another one is an error, so that a slip of the
	 * pen does not pass as the default
	 */
	Fields(Set<Field> known) {
		this.known = known;
	}

	/**
	 * Reads the parameters of a form, or of the query where the body is the message.
	 */
	static Fields of(Map<String, String[]> parameters, Set<Field> known) {
		Fields fields = new Fields(known);
		parameters.forEach((name, values) -> {
			Field field = fields.field(name);
			if (values.length > 1) {
				throw new BadRequestException(name,
						"it is given %d times and takes one value".formatted(values.length));
			}
			fields.put(field, values[0]);
		});
		return fields;
	}

	void put(Field field, String value) {
		this.values.put(field, value);
	}

	/**
	 * @return the field of that name
	 */
	Field field(String name) {
		return this.known.stream()
				.filter((field) -> field.label().equals(name))
				.findFirst()
				.orElseThrow(() -> new BadRequestException(name,
						"there is no such field; there are " + Field.list(this.known)));
	}

	@Nullable
	String text(Field field) {
		return this.values.get(field);
	}

	/**
	 * @return the text in UTF-8, or null if there is none
	 */
	byte @Nullable [] bytes(Field field) {
		String text = text(field);
		if (text == null) {
			return null;
		}
		try {
			ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
			return Arrays.copyOfRange(bytes.array(), bytes.arrayOffset(), bytes.arrayOffset() + bytes.limit());
		}
		catch (CharacterCodingException _) {
			throw new BadRequestException(field.label(), "it has half a surrogate pair, which is no character");
		}
	}

	@Nullable
	Duration duration(Field field) {
		String text = text(field);
		if (text == null) {
			return null;
		}
		try {
			if (!text.isEmpty() && Character.isLetter(text.charAt(text.length() - 1))) {
				return DurationStyle.detectAndParse(text);
			}
		}
		catch (IllegalArgumentException | ArithmeticException _) {
			// The answer is the same as for a number without a unit.
		}
		throw new BadRequestException(field.label(),
				"'%s' is not a duration; it takes for example 500ms, 2s or PT0.5S".formatted(text));
	}

	@Nullable
	Integer number(Field field, int least, int most) {
		String text = text(field);
		if (text == null) {
			return null;
		}
		if (text.matches("\\d{1,6}")) {
			int number = Integer.parseInt(text);
			if (number >= least && number <= most) {
				return number;
			}
		}
		throw new BadRequestException(field.label(),
				"'%s' is not a whole number from %d to %d".formatted(text, least, most));
	}

	@Nullable
	Boolean truth(Field field) {
		String text = text(field);
		if (text == null || text.equals("true") || text.equals("false")) {
			return (text != null) ? Boolean.valueOf(text) : null;
		}
		throw new BadRequestException(field.label(), "'%s' is not one of true, false".formatted(text));
	}

	@Nullable
	InetAddress address(Field field) {
		String text = text(field);
		return (text == null)
				? null
				: Addresses.literal(text)
						.orElseThrow(() -> new BadRequestException(field.label(),
								"'%s' is not an IP address".formatted(text)));
	}

}
