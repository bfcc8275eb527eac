package dev.udpprobe.web;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;

import dev.udpprobe.destination.BadRequestException;
import dev.udpprobe.net.Addresses;

/**
 * The fields of a request, as texts, whichever form they came in. Every reading throws
 * {@link BadRequestException} if the value is not taken.
 */
final class Fields {

	/** Of a name that nobody has. */
	private static final int MAX_TOLD = 100;

	private static final int MAX_SETTINGS = 32;

	/** No target has more labels. */
	private static final int MAX_REPEATED = 16;

	/** Of all but the message: a wrong one comes back in the answer, and the longest host name has 253. */
	private static final int MAX_VALUE = 300;

	private final Map<Field, List<String>> values = new EnumMap<>(Field.class);

	/** Of the module, without what their names begin with. */
	private final Map<String, String> settings = new LinkedHashMap<>();

	private final Field.Request request;

	/**
	 * @param request what the fields are of. One that it does not have is an error, so that a
	 * slip of the pen does not pass as the default
	 */
	Fields(Field.Request request) {
		this.request = request;
	}

	/**
	 * Takes a parameter of a form or of a query.
	 */
	void add(String name, String value) {
		if (isSetting(name)) {
			putSetting(name, value);
			return;
		}
		Field field = field(name);
		if (this.values.containsKey(field) && !field.takes().repeats()) {
			throw new BadRequestException(name, "it is given more than once and takes one value");
		}
		put(field, value);
	}

	void put(Field field, String value) {
		if (Field.messages().noneMatch(field::equals)) {
			checkLength(field.label(), value);
		}
		List<String> given = this.values.computeIfAbsent(field, (_) -> new ArrayList<>(1));
		if (given.size() == MAX_REPEATED) {
			throw new BadRequestException(field.label(), "it is given more than %d times".formatted(MAX_REPEATED));
		}
		given.add(value);
	}

	private static void checkLength(String name, String value) {
		if (value.length() > MAX_VALUE) {
			throw new BadRequestException(name, "it takes at most " + MAX_VALUE + " characters");
		}
	}

	/**
	 * @return whether it is the name of a module's setting
	 */
	boolean isSetting(String name) {
		return name.startsWith(Field.SETTINGS) && has(Field.MODULE);
	}

	/**
	 * @param name with what all of them begin with
	 */
	void putSetting(String name, String value) {
		String told = name.substring(0, Math.min(name.length(), MAX_TOLD));
		if (this.settings.size() == MAX_SETTINGS) {
			throw new BadRequestException(told, "a module takes at most " + MAX_SETTINGS + " settings");
		}
		checkLength(told, value);
		if (name.length() > MAX_TOLD) {
			throw new BadRequestException(told, "no setting has so long a name");
		}
		if (this.settings.putIfAbsent(name.substring(Field.SETTINGS.length()), value) != null) {
			throw new BadRequestException(name, "it is given more than once and takes one value");
		}
	}

	/**
	 * @return the field of that name
	 */
	Field field(String name) {
		Field field = this.request.field(name);
		if (field == null) {
			throw new BadRequestException(name.substring(0, Math.min(name.length(), MAX_TOLD)),
					"there is no such field; there are " + this.request.labels());
		}
		return field;
	}

	/**
	 * @return of the module, by name
	 */
	Map<String, String> settings() {
		return this.settings;
	}

	boolean has(Field field) {
		return field.isOf(this.request);
	}

	/**
	 * @return the value, or the one where the request does not say; null if there is neither
	 */
	@Nullable
	String text(Field field) {
		List<String> given = this.values.get(field);
		return (given != null) ? given.getFirst() : field.use(this.request).defaultValue();
	}

	/**
	 * @return what the request says, in the order of the fields
	 */
	Map<Field, List<String>> given() {
		return this.values;
	}

	/**
	 * @return the message, or null if there is none
	 */
	byte @Nullable [] message() {
		List<Field> given = messages();
		if (given.isEmpty()) {
			return null;
		}
		Field field = given.getLast();
		if (given.size() > 1) {
			throw new BadRequestException(field.label(),
					"it stands beside %s; give one of them".formatted(given.getFirst().label()));
		}
		String text = String.valueOf(text(field));
		try {
			return switch (field) {
				case MESSAGE_HEX -> MessageText.hex(text);
				case MESSAGE_BASE64 -> MessageText.base64(text);
				default -> MessageText.utf8(text);
			};
		}
		catch (IllegalArgumentException ex) {
			throw new BadRequestException(field.label(), String.valueOf(ex.getMessage()));
		}
	}

	/**
	 * @return those of a message that have a value
	 */
	List<Field> messages() {
		return Field.messages().filter(this.values::containsKey).toList();
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

	/**
	 * @param field one that has a value where the request does not say
	 */
	int count(Field field) {
		return Objects.requireNonNull(number(field));
	}

	@Nullable
	Integer number(Field field) {
		String text = text(field);
		if (text == null) {
			return null;
		}
		int minimum = field.takes().minimum();
		int maximum = field.takes().maximum();
		if (text.matches("\\d{1,7}")) {
			int number = Integer.parseInt(text);
			if (number >= minimum && number <= maximum) {
				return number;
			}
		}
		throw new BadRequestException(field.label(),
				"'%s' is not a whole number from %d to %d".formatted(text, minimum, maximum));
	}

	@Nullable
	Boolean truth(Field field) {
		String text = choice(field);
		return (text != null) ? Boolean.valueOf(text) : null;
	}

	@Nullable
	String choice(Field field) {
		String text = text(field);
		List<String> allowed = field.takes().allowed();
		if (text != null && !allowed.contains(text)) {
			throw new BadRequestException(field.label(),
					"'%s' is not one of %s".formatted(text, String.join(", ", allowed)));
		}
		return text;
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
