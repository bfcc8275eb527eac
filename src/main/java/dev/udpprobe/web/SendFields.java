package dev.udpprobe.web;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.udpprobe.exchange.ExchangeOptions;
import dev.udpprobe.exchange.SocketKind;
import dev.udpprobe.probe.BadRequestException;
import dev.udpprobe.probe.SendRequest;

/**
 * The fields of a request to send one datagram.
 */
final class SendFields {

	/** Where the body is the message. */
	static final Set<Field> OPTIONS = Collections.unmodifiableSet(EnumSet.range(Field.TARGET, Field.SOURCE));

	static final Set<Field> ALL = Collections.unmodifiableSet(EnumSet.range(Field.MESSAGE, Field.SOURCE));

	private SendFields() {}

	/**
	 * @throws BadRequestException if a field is missing or has a value that is not taken
	 */
	static SendRequest request(Fields fields) {
		byte[] message = fields.bytes(Field.MESSAGE);
		if (message == null) {
			throw new BadRequestException(Field.MESSAGE.label(),
					"it is missing; it takes the text to send, which may be empty");
		}
		return request(fields, message);
	}

	/**
	 * @param payload what to send
	 */
	static SendRequest request(Fields fields, byte[] payload) {
		ExchangeOptions options = new ExchangeOptions(socketKind(fields.text(Field.SOCKET)),
				fields.number(Field.TTL, 1, 255), fields.number(Field.DSCP, 0, 63),
				fields.truth(Field.DONT_FRAGMENT), fields.address(Field.SOURCE));
		return new SendRequest(payload, fields.text(Field.TARGET), fields.duration(Field.TIMEOUT), options);
	}

	private static SocketKind socketKind(@Nullable String text) {
		return switch (text) {
			case null -> SocketKind.CONNECTED;
			case "connected" -> SocketKind.CONNECTED;
			case "unconnected" -> SocketKind.UNCONNECTED;
			default -> throw new BadRequestException(Field.SOCKET.label(),
					"'%s' is not one of connected, unconnected".formatted(text));
		};
	}

}
