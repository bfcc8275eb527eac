package dev.udpprobe.web;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.springframework.http.MediaType;
import org.springframework.web.util.UriComponentsBuilder;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import dev.udpprobe.destination.BadRequestException;
import dev.udpprobe.net.PayloadLimits;

/**
 * Reads bodies no further than a message can be long, and fields to the letter: none that is
 * unknown or repeated, and in JSON no number where a text belongs.
 */
final class RequestReader {

	/** A JSON text needs at most six bytes for one byte of the message (as \\u0000). */
	private static final int MAX_JSON = 6 * PayloadLimits.MAX_IPV6 + 4_096;

	private static final JsonMapper JSON = JsonMapper.builder()
			.enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
			.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
			.build();

	/**
	 * A body is longer than any message can be.
	 */
	static final class BodyTooLongException extends RuntimeException {

		BodyTooLongException() {
			super("the body is longer than any message that fits a datagram");
		}

	}

	private RequestReader() {}

	/**
	 * Reads the body as it is.
	 */
	static byte[] body(HttpServletRequest request) throws IOException {
		return body(request, PayloadLimits.MAX_IPV6);
	}

	private static byte[] body(HttpServletRequest request, int max) throws IOException {
		byte[] body = request.getInputStream().readNBytes(max + 1);
		if (body.length > max) {
			throw new BodyTooLongException();
		}
		return body;
	}

	/**
	 * Reads the query, where the body is the message.
	 */
	static Fields query(HttpServletRequest request) {
		return Fields.of(Field.Request.QUERY, parameters(request));
	}

	/**
	 * Reads the body as JSON or as a form, as its type says.
	 */
	static Fields fields(HttpServletRequest request, Field.Request kind) throws IOException {
		boolean json = MediaType.APPLICATION_JSON.includes(MediaType.parseMediaType(request.getContentType()));
		return json ? json(request, kind) : form(request, kind);
	}

	/**
	 * Tomcat reads and bounds the body.
	 */
	private static Fields form(HttpServletRequest request, Field.Request kind) {
		// Tomcat would not say that the query is wrong, or which field of it.
		parameters(request);
		try {
			return Fields.of(kind, request.getParameterMap());
		}
		catch (InvalidParameterException ex) {
			if (ex.getErrorCode() == HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE) {
				throw new BodyTooLongException();
			}
			throw new BadRequestException("body", "it is not a form in UTF-8 that is percent-encoded as it should be");
		}
	}

	private static Fields json(HttpServletRequest request, Field.Request kind) throws IOException {
		parameters(request).keySet().forEach((name) -> {
			throw new BadRequestException(name, "with JSON, fields stand in the body, not in the query");
		});
		JsonNode body = tree(body(request, MAX_JSON));
		if (!body.isObject()) {
			throw new BadRequestException("body", "it takes a JSON object");
		}
		Fields fields = new Fields(kind);
		body.forEachEntry((name, value) -> {
			Field field = fields.field(name);
			if (!value.isNull()) {
				fields.put(field, text(field, value));
			}
		});
		return fields;
	}

	private static JsonNode tree(byte[] body) {
		try {
			return JSON.readTree(body);
		}
		catch (DatabindException _) {
			throw new BadRequestException("body", "it takes a JSON object");
		}
		catch (JacksonException ex) {
			throw new BadRequestException("body", "it is not JSON: " + ex.getOriginalMessage());
		}
	}

	private static String text(Field field, JsonNode value) {
		Field.Type type = field.takes().type();
		boolean fits = switch (type) {
			case STRING -> value.isString();
			case INTEGER -> value.isIntegralNumber();
			case BOOLEAN -> value.isBoolean();
		};
		if (!fits) {
			throw new BadRequestException(field.label(), "it takes " + type.takes());
		}
		return value.asString();
	}

	/**
	 * Reads the parameters of the query alone. The servlet's own look into the body too, where
	 * its type says form, which {@code curl} says unasked.
	 */
	private static Map<String, String[]> parameters(HttpServletRequest request) {
		Map<String, String[]> parameters = new LinkedHashMap<>();
		UriComponentsBuilder.newInstance()
				.query(request.getQueryString())
				.build()
				.getQueryParams()
				.forEach((name, values) -> parameters.put(decode(name, name), decode(name, values)));
		return parameters;
	}

	private static String[] decode(String name, List<String> values) {
		return values.stream().map((value) -> (value != null) ? decode(name, value) : "").toArray(String[]::new);
	}

	private static String decode(String name, String text) {
		try {
			return URLDecoder.decode(text, StandardCharsets.UTF_8);
		}
		catch (IllegalArgumentException _) {
			throw new BadRequestException(name, "'%s' is not percent-encoded as it should be".formatted(text));
		}
	}

}
