package dev.udpprobe.web;

import java.net.InetAddress;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;

import dev.udpprobe.destination.BadRequestException;
import dev.udpprobe.exchange.ExchangeOptions;
import dev.udpprobe.exchange.ExchangeOptions.SocketKind;
import dev.udpprobe.net.Addresses;
import dev.udpprobe.probe.PathProber;
import dev.udpprobe.probe.Ping;
import dev.udpprobe.probe.Pinger;
import dev.udpprobe.probe.Prober;
import dev.udpprobe.probe.Questions.Question;
import dev.udpprobe.probe.Sender;

/**
 * The fields of a request, as texts, whichever form they came in. Every reading throws
 * {@link BadRequestException} if the value is not taken.
 */
final class Fields {

	/** Of a name that nobody has. */
	private static final int MAX_TOLD = 100;

	private static final int MAX_SETTINGS = 32;

	private static final Map<String, Field> BY_LABEL = Stream.of(Field.values())
			.collect(Collectors.toUnmodifiableMap(Field::label, Function.identity()));

	/** Of all but the message: a wrong one comes back in the answer, and the longest host name has 253. */
	private static final int MAX_VALUE = 300;

	private static final Duration MIN_INTERVAL = Duration.ofMillis(1);

	private static final Duration MAX_INTERVAL = Duration.ofHours(1);

	private final Map<Field, String> values = new EnumMap<>(Field.class);

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
		if (this.values.containsKey(field)) {
			throw new BadRequestException(name, "it is given more than once and takes one value");
		}
		put(field, value);
	}

	void put(Field field, String value) {
		if (Field.messages().noneMatch(field::equals)) {
			checkLength(field.label(), value);
		}
		this.values.put(field, value);
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
		return name.startsWith(Field.SETTINGS) && Field.MODULE.isOf(this.request);
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
		Field field = BY_LABEL.get(name);
		if (field == null || !field.isOf(this.request)) {
			throw new BadRequestException(name.substring(0, Math.min(name.length(), MAX_TOLD)),
					"there is no such field; there are " + this.request.labels());
		}
		return field;
	}

	Sender.Request sendRequest() {
		return sendRequest(message());
	}

	/**
	 * @param message null for none
	 */
	Sender.Request sendRequest(byte @Nullable [] message) {
		ExchangeOptions options = options();
		return new Sender.Request(question(message), text(Field.TARGET), duration(Field.TIMEOUT), options);
	}

	/**
	 * Empty values are as if they were not there.
	 */
	Prober.Request probeRequest() {
		return new Prober.Request(notEmpty(Field.TARGET), notEmpty(Field.MODULE), this.settings,
				Field.TIMEOUT.isOf(this.request) ? duration(Field.TIMEOUT) : null);
	}

	private @Nullable String notEmpty(Field field) {
		String text = text(field);
		return (text == null || text.isEmpty()) ? null : text;
	}

	private Question question(byte @Nullable [] message) {
		return new Question(message, text(Field.MODULE), this.settings);
	}

	PathProber.Request pathRequest() {
		Question question = questionOfBytes();
		return new PathProber.Request(text(Field.TARGET), duration(Field.TIMEOUT), count(Field.TRIES), options(),
				question);
	}

	Pinger.Request pingRequest() {
		Question question = questionOfBytes();
		Ping.Settings settings = new Ping.Settings(count(Field.COUNT), interval(), count(Field.FLOWS),
				Boolean.TRUE.equals(truth(Field.FRESH)));
		return new Pinger.Request(text(Field.TARGET), duration(Field.TIMEOUT), settings, number(Field.SIZE), options(),
				question);
	}

	private Duration interval() {
		Duration interval = Objects.requireNonNull(duration(Field.INTERVAL));
		if (interval.compareTo(MIN_INTERVAL) < 0 || interval.compareTo(MAX_INTERVAL) > 0) {
			throw new BadRequestException(Field.INTERVAL.label(),
					"%s is outside the range: 1 ms to 1 h".formatted(interval));
		}
		return interval;
	}

	/**
	 * Of datagrams that are not empty.
	 */
	private Question questionOfBytes() {
		byte[] message = message();
		if (message != null && message.length == 0) {
			throw new BadRequestException(messages().getFirst().label(), "it is empty; it takes at least one byte");
		}
		return question(message);
	}

	private ExchangeOptions options() {
		SocketKind socket = SocketKind.UNCONNECTED.label().equals(choice(Field.SOCKET))
				? SocketKind.UNCONNECTED
				: SocketKind.CONNECTED;
		Integer sourcePort = number(Field.SOURCE_PORT);
		if (sourcePort != null && socket == SocketKind.UNCONNECTED) {
			throw new BadRequestException(Field.SOURCE_PORT.label(),
					"it takes a connected socket; an unconnected one would receive what others send to that port");
		}
		return new ExchangeOptions(socket, number(Field.TTL), number(Field.DSCP), truth(Field.DONT_FRAGMENT),
				address(Field.SOURCE), sourcePort);
	}

	/**
	 * @return the value, or the one where the request does not say; null if there is neither
	 */
	private @Nullable String text(Field field) {
		String value = this.values.get(field);
		return (value != null) ? value : field.use(this.request).defaultValue();
	}

	/**
	 * @return the message, or null if there is none
	 */
	private byte @Nullable [] message() {
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

	private List<Field> messages() {
		return Field.messages().filter(this.values::containsKey).toList();
	}

	private @Nullable Duration duration(Field field) {
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

	private @Nullable Integer number(Field field) {
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

	private @Nullable String choice(Field field) {
		String text = text(field);
		List<String> allowed = field.takes().allowed();
		if (text != null && !allowed.contains(text)) {
			throw new BadRequestException(field.label(),
					"'%s' is not one of %s".formatted(text, String.join(", ", allowed)));
		}
		return text;
	}

	private @Nullable InetAddress address(Field field) {
		String text = text(field);
		return (text == null)
				? null
				: Addresses.literal(text)
						.orElseThrow(() -> new BadRequestException(field.label(),
								"'%s' is not an IP address".formatted(text)));
	}

}
