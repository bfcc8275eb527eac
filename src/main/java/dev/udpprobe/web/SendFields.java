package dev.udpprobe.web;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;

import dev.udpprobe.exchange.SocketKind;
import dev.udpprobe.probe.BadRequestException;
import dev.udpprobe.probe.SendRequest;

/**
 * The fields of a request to send, as texts, whichever form they came in.
 *
 * @param message null where the body itself is the message
 */
record SendFields(@Nullable String message, @Nullable String target, @Nullable String timeout,
		@Nullable String socket) {

	static final String MESSAGE = "message";

	private static final Set<String> OPTIONS = Set.of("target", "timeout", "socket");

	/**
	 * Reads the parameters of a form, or of the query where the body is the message. A
	 * field that is not known is an error, so that a slip of the pen does not pass as
	 * the default.
	 */
	static SendFields of(Map<String, String[]> parameters, boolean withMessage) {
		Set<String> known = new TreeSet<>(OPTIONS);
		if (withMessage) {
			known.add(MESSAGE);
		}
		parameters.forEach((name, values) -> {
			if (!known.contains(name)) {
				throw new BadRequestException(name, "there is no such field; there are " + String.join(", ", known));
			}
			if (values.length > 1) {
				throw new BadRequestException(name,
						"it is given %d times and takes one value".formatted(values.length));
			}
		});
		return new SendFields(single(parameters, MESSAGE), single(parameters, "target"), single(parameters, "timeout"),
				single(parameters, "socket"));
	}

	private static @Nullable String single(Map<String, String[]> parameters, String name) {
		String[] values = parameters.get(name);
		return (values != null) ? values[0] : null;
	}

	/**
	 * @throws BadRequestException if a field is missing or has a value that is not taken
	 */
	SendRequest request() {
		if (this.message == null) {
			throw new BadRequestException(MESSAGE, "it is missing; it takes the text to send, which may be empty");
		}
		return request(utf8(this.message));
	}

	/**
	 * @param payload what to send
	 */
	SendRequest request(byte[] payload) {
		return new SendRequest(payload, this.target, duration(this.timeout), socketKind(this.socket));
	}

	private static byte[] utf8(String text) {
		try {
			ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
			return Arrays.copyOfRange(bytes.array(), bytes.arrayOffset(), bytes.arrayOffset() + bytes.limit());
		}
		catch (CharacterCodingException _) {
			throw new BadRequestException(MESSAGE, "it has half a surrogate pair, which is no character");
		}
	}

	private static @Nullable Duration duration(@Nullable String text) {
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
		throw new BadRequestException("timeout",
				"'%s' is not a duration; it takes for example 500ms, 2s or PT0.5S".formatted(text));
	}

	private static SocketKind socketKind(@Nullable String text) {
		return switch (text) {
			case null -> SocketKind.CONNECTED;
			case "connected" -> SocketKind.CONNECTED;
			case "unconnected" -> SocketKind.UNCONNECTED;
			default -> throw new BadRequestException("socket",
					"'%s' is not one of connected, unconnected".formatted(text));
		};
	}

	static List<String> names() {
		return List.of(MESSAGE, "target", "timeout", "socket");
	}

}
