package dev.udpprobe.web;

import java.time.Duration;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import dev.udpprobe.destination.BadRequestException;
import dev.udpprobe.exchange.ExchangeOptions;
import dev.udpprobe.exchange.ExchangeOptions.SocketKind;
import dev.udpprobe.probe.PathProber;
import dev.udpprobe.probe.Ping;
import dev.udpprobe.probe.Pinger;
import dev.udpprobe.probe.Prober;
import dev.udpprobe.probe.Questions.Question;
import dev.udpprobe.probe.Sender;

/**
 * What is asked of the probers, made of a request's fields. All throw {@link BadRequestException} if a value is not
 * taken.
 */
final class Requests {

	private static final Duration MIN_INTERVAL = Duration.ofMillis(1);

	private static final Duration MAX_INTERVAL = Duration.ofHours(1);

	private Requests() {}

	static Sender.Request send(Fields fields) {
		return send(fields, fields.message());
	}

	/**
	 * @param message null for none
	 */
	static Sender.Request send(Fields fields, byte @Nullable [] message) {
		ExchangeOptions options = options(fields);
		return new Sender.Request(question(fields, message), fields.text(Field.TARGET), fields.duration(Field.TIMEOUT),
				options);
	}

	/**
	 * Empty values are as if they were not there.
	 */
	static Prober.Request probe(Fields fields) {
		return new Prober.Request(notEmpty(fields.text(Field.TARGET)), notEmpty(fields.text(Field.MODULE)),
				fields.settings(), fields.has(Field.TIMEOUT) ? fields.duration(Field.TIMEOUT) : null);
	}

	private static @Nullable String notEmpty(@Nullable String text) {
		return (text == null || text.isEmpty()) ? null : text;
	}

	static PathProber.Request path(Fields fields) {
		Question question = questionOfBytes(fields);
		return new PathProber.Request(fields.text(Field.TARGET), fields.duration(Field.TIMEOUT),
				fields.count(Field.TRIES), options(fields), question);
	}

	static Pinger.Request ping(Fields fields) {
		Question question = questionOfBytes(fields);
		Ping.Settings settings = new Ping.Settings(fields.count(Field.COUNT), interval(fields),
				fields.count(Field.FLOWS), Boolean.TRUE.equals(fields.truth(Field.FRESH)));
		return new Pinger.Request(fields.text(Field.TARGET), fields.duration(Field.TIMEOUT), settings,
				fields.number(Field.SIZE), options(fields), question);
	}

	private static Duration interval(Fields fields) {
		Duration interval = Objects.requireNonNull(fields.duration(Field.INTERVAL));
		if (interval.compareTo(MIN_INTERVAL) < 0 || interval.compareTo(MAX_INTERVAL) > 0) {
			throw new BadRequestException(Field.INTERVAL.label(),
					"%s is outside the range: 1 ms to 1 h".formatted(interval));
		}
		return interval;
	}

	/**
	 * Of datagrams that are not empty.
	 */
	private static Question questionOfBytes(Fields fields) {
		byte[] message = fields.message();
		if (message != null && message.length == 0) {
			throw new BadRequestException(fields.messages().getFirst().label(),
					"it is empty; it takes at least one byte");
		}
		return question(fields, message);
	}

	private static Question question(Fields fields, byte @Nullable [] message) {
		return new Question(message, fields.text(Field.MODULE), fields.settings());
	}

	private static ExchangeOptions options(Fields fields) {
		SocketKind socket = SocketKind.UNCONNECTED.label().equals(fields.choice(Field.SOCKET))
				? SocketKind.UNCONNECTED
				: SocketKind.CONNECTED;
		Integer sourcePort = fields.number(Field.SOURCE_PORT);
		if (sourcePort != null && socket == SocketKind.UNCONNECTED) {
			throw new BadRequestException(Field.SOURCE_PORT.label(),
					"it takes a connected socket; an unconnected one would receive what others send to that port");
		}
		return new ExchangeOptions(socket, fields.number(Field.TTL), fields.number(Field.DSCP),
				fields.truth(Field.DONT_FRAGMENT), fields.address(Field.SOURCE), sourcePort);
	}

}
