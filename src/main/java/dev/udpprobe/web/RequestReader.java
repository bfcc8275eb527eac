package dev.udpprobe.web;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.json.JsonMapper;

import dev.udpprobe.destination.BadRequestException;
import dev.udpprobe.net.PayloadLimits;

/**
 * Reads bodies no further than a message can be long, and fields to the letter: none that is
 * unknown or repeated, and in JSON no number where a text belongs.
 */
@Component
final class RequestReader {

	/** A JSON text needs at most six bytes for one byte of the message (as \\u0000), a form five (as 0a%20). */
	private static final int MAX_FIELDS = 6 * PayloadLimits.MAX_IPV6 + 4_096;

	/** How long a body may take, however often a little of it comes. */
	private static final Duration MAX_TIME = Duration.ofSeconds(30);

	/** Each name of a field would be kept for the next texts, that of a field that is refused too. */
	private static final JsonMapper JSON = JsonMapper
			.builder(JsonFactory.builder().disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES).build())
			.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
			.build();

	private final BodyBudget budget;

	private final long maxNanos;

	@Autowired
	RequestReader(BodyBudget budget) {
		this(budget, MAX_TIME);
	}

	/**
	 * @param maxTime how long a body may take; not negative
	 */
	RequestReader(BodyBudget budget, Duration maxTime) {
		this.budget = budget;
		this.maxNanos = maxTime.toNanos();
	}

	/**
	 * A body is longer than any message can be.
	 */
	static final class BodyTooLongException extends RuntimeException {

		BodyTooLongException() {
			super("the body is longer than any message that fits a datagram");
		}

	}

	/**
	 * A body does not come to its end.
	 */
	static final class BodyTooSlowException extends RuntimeException {

		BodyTooSlowException() {
			super("the body has not come to its end in time");
		}

	}

	/**
	 * @return the path as it was sent, by which handlers are found
	 */
	static String path(HttpServletRequest request) {
		return request.getRequestURI().substring(request.getContextPath().length());
	}

	/**
	 * Reads the body as it is.
	 */
	byte[] body(HttpServletRequest request) throws IOException {
		return body(request, PayloadLimits.MAX_IPV6);
	}

	private byte[] body(HttpServletRequest request, int max) throws IOException {
		if (request.getContentLengthLong() > max) {
			throw new BodyTooLongException();
		}
		long startNanos = System.nanoTime();
		BodyBuffer body = new BodyBuffer(this.budget.of(request), max + 1);
		InputStream in = request.getInputStream();
		while (body.read(in)) {
			if (body.isFull()) {
				throw new BodyTooLongException();
			}
			if (System.nanoTime() - startNanos > this.maxNanos) {
				throw new BodyTooSlowException();
			}
		}
		return body.toByteArray();
	}

	/**
	 * @return reads the lines of the body one by one
	 */
	LineReader lines(HttpServletRequest request) throws IOException {
		return new LineReader(request.getInputStream(), PayloadLimits.MAX_IPV6, this.budget.of(request));
	}

	/**
	 * Reads the query alone. The servlet's own parameters would be those of the body too, where its
	 * type says form, which {@code curl} says unasked.
	 */
	static Fields query(HttpServletRequest request, Field.Request kind) {
		Fields fields = new Fields(kind);
		FormData.read(query(request), fields::add);
		note(request, fields);
		return fields;
	}

	private static byte[] query(HttpServletRequest request) {
		return Objects.requireNonNullElse(request.getQueryString(), "").getBytes(StandardCharsets.ISO_8859_1);
	}

	/**
	 * Reads the body as JSON or as a form, as its type says.
	 */
	Fields fields(HttpServletRequest request, Field.Request kind) throws IOException {
		boolean json = MediaType.APPLICATION_JSON.includes(MediaType.parseMediaType(request.getContentType()));
		Fields fields = json ? json(request, kind) : form(request, kind);
		note(request, fields);
		return fields;
	}

	private static void note(HttpServletRequest request, Fields fields) {
		List<String> target = fields.given().get(Field.TARGET);
		AuditFilter.target(request, (target != null) ? target.getFirst() : null);
	}

	private Fields form(HttpServletRequest request, Field.Request kind) throws IOException {
		Fields fields = query(request, kind);
		FormData.read(body(request, MAX_FIELDS), fields::add);
		return fields;
	}

	private Fields json(HttpServletRequest request, Field.Request kind) throws IOException {
		FormData.read(query(request), (name, _) -> {
			throw new BadRequestException(name, "with JSON, fields stand in the body, not in the query");
		});
		byte[] body = body(request, MAX_FIELDS);
		// Decoded here, because the parser would take overlong UTF-8, and guess other encodings.
		Reader text = new InputStreamReader(new ByteArrayInputStream(body), StandardCharsets.UTF_8.newDecoder());
		try (JsonParser in = JSON.createParser(text)) {
			return json(in, kind);
		}
		catch (JacksonException ex) {
			throw new BadRequestException("body", (ex.getCause() instanceof CharacterCodingException)
					? "it is not UTF-8"
					: "it is not JSON: " + ex.getOriginalMessage());
		}
	}

	/**
	 * Keeps nothing but the fields: a tree takes many times the memory of its text.
	 */
	private static Fields json(JsonParser in, Field.Request kind) {
		Fields fields = new Fields(kind);
		boolean isObject = in.nextToken() == JsonToken.START_OBJECT;
		while (isObject && in.nextToken() == JsonToken.PROPERTY_NAME) {
			String name = in.currentName();
			Field field = fields.isSetting(name) ? null : fields.field(name);
			JsonToken value = in.nextToken();
			if (value != JsonToken.VALUE_NULL && field != null) {
				fields.put(field, text(field, value, in));
			}
			else if (value != JsonToken.VALUE_NULL) {
				fields.putSetting(name, setting(name, value, in));
			}
		}
		if (!isObject || in.nextToken() != null) {
			throw new BadRequestException("body", "it takes a JSON object");
		}
		return fields;
	}

	/**
	 * What a setting takes is the module's to say, so a number will do as well as its digits.
	 */
	private static String setting(String name, JsonToken value, JsonParser in) {
		if (!value.isScalarValue()) {
			throw new BadRequestException(name, "it takes a JSON string, a number, true or false");
		}
		return in.getString();
	}

	private static String text(Field field, JsonToken value, JsonParser in) {
		FieldValues.Type type = field.takes().type();
		boolean fits = switch (type) {
			case STRING -> value == JsonToken.VALUE_STRING;
			case INTEGER -> value == JsonToken.VALUE_NUMBER_INT;
			case BOOLEAN -> value.isBoolean();
			case STRINGS -> false;
		};
		if (!fits) {
			throw new BadRequestException(field.label(), "it takes " + type.takes());
		}
		return in.getString();
	}

}
