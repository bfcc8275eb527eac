package dev.udpprobe.web;

import java.io.IOException;
import java.util.Map;
import java.util.Set;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.apache.tomcat.util.http.InvalidParameterException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import dev.udpprobe.net.PayloadLimits;
import dev.udpprobe.probe.BadRequestException;

/**
 * Reads bodies no further than a message can be long, and JSON to the letter: no unknown or
 * repeated fields, no number where a text belongs.
 */
final class Bodies {

	/** A JSON text needs at most six bytes for one byte of the message (as \\u0000). */
	private static final int LONGEST_JSON = 6 * PayloadLimits.MAX_IPV6 + 4_096;

	private final JsonMapper json = JsonMapper.builder()
			.enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
			.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
			.build();

	/**
	 * Reads the body as it is.
	 */
	byte[] bytes(HttpServletRequest request) throws IOException {
		return read(request, PayloadLimits.MAX_IPV6);
	}

	/**
	 * Reads the body as a form, which Tomcat does, and bounds.
	 */
	Fields form(HttpServletRequest request, Set<Field> known) {
		// Tomcat would not say that the query is wrong, or which field of it.
		QueryParameters.of(request);
		Map<String, String[]> parameters;
		try {
			parameters = request.getParameterMap();
		}
		catch (InvalidParameterException ex) {
			if (ex.getErrorCode() == HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE) {
				throw new BodyTooLongException();
			}
			throw new BadRequestException("body", "it is not a form in UTF-8 that is percent-encoded as it should be");
		}
		return Fields.of(parameters, known);
	}

	/**
	 * Reads the body as JSON.
	 */
	Fields json(HttpServletRequest request, Set<Field> known) throws IOException {
		QueryParameters.none(request);
		JsonNode body = tree(read(request, LONGEST_JSON));
		if (!body.isObject()) {
			throw new BadRequestException("body", "it takes a JSON object");
		}
		Fields fields = new Fields(known);
		body.forEachEntry((name, value) -> {
			Field field = fields.field(name);
			if (!value.isNull()) {
				fields.put(field, text(field, value));
			}
		});
		return fields;
	}

	private JsonNode tree(byte[] body) {
		try {
			return this.json.readTree(body);
		}
		catch (DatabindException _) {
			throw new BadRequestException("body", "it takes a JSON object");
		}
		catch (JacksonException ex) {
			throw new BadRequestException("body", "it is not JSON: " + ex.getOriginalMessage());
		}
	}

	private static String text(Field field, JsonNode value) {
		boolean fits = switch (field.type()) {
			case STRING -> value.isString();
			case NUMBER -> value.isIntegralNumber();
			case BOOLEAN -> value.isBoolean();
		};
		if (!fits) {
			throw new BadRequestException(field.label(), "it takes " + field.type().takes());
		}
		return value.asString();
	}

	private static byte[] read(HttpServletRequest request, int longest) throws IOException {
		byte[] body = request.getInputStream().readNBytes(longest + 1);
		if (body.length > longest) {
			throw new BodyTooLongException();
		}
		return body;
	}

}
