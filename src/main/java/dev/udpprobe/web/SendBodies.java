package dev.udpprobe.web;

import java.io.IOException;
import java.util.Map;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.tomcat.util.http.InvalidParameterException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.type.LogicalType;

import dev.udpprobe.exchange.LongestPayload;
import dev.udpprobe.probe.BadRequestException;

/**
 * Reads bodies no further than a message can be long, and JSON to the letter: no unknown or
 * repeated fields, no number where a text belongs.
 */
final class SendBodies {

	/** A JSON text needs at most six bytes for one byte of the message (as \\u0000). */
	private static final int LONGEST_JSON = 6 * LongestPayload.IPV6 + 4_096;

	private final JsonMapper json;

	SendBodies() {
		this.json = JsonMapper.builder()
				.enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
						DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
				.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
				.withCoercionConfig(LogicalType.Textual,
						(config) -> config.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
								.setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
								.setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
				.build();
	}

	/**
	 * Reads the body as it is.
	 */
	byte[] bytes(HttpServletRequest request) throws IOException {
		return read(request, LongestPayload.IPV6);
	}

	/**
	 * Reads the body as a form, which Tomcat does, and bounds.
	 */
	Map<String, String[]> form(HttpServletRequest request) {
		// Tomcat would not say that the query is wrong, or which field of it.
		QueryParameters.of(request);
		try {
			return request.getParameterMap();
		}
		catch (InvalidParameterException ex) {
			if (ex.getErrorCode() == HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE) {
				throw new BodyTooLongException();
			}
			throw new BadRequestException("body", "it is not a form in UTF-8 that is percent-encoded as it should be");
		}
	}

	/**
	 * Reads the body as JSON.
	 */
	SendFields json(HttpServletRequest request) throws IOException {
		byte[] body = read(request, LONGEST_JSON);
		try {
			SendFields fields = this.json.readValue(body, SendFields.class);
			if (fields == null) {
				throw new BadRequestException("body", "it is null; it takes a JSON object");
			}
			return fields;
		}
		catch (UnrecognizedPropertyException ex) {
			throw new BadRequestException(ex.getPropertyName(),
					"there is no such field; there are " + String.join(", ", SendFields.names()));
		}
		catch (DatabindException ex) {
			String field = ex.getPath().isEmpty() ? "body" : String.valueOf(ex.getPath().getLast().getPropertyName());
			throw new BadRequestException(field,
					field.equals("body") ? "it takes a JSON object" : "it takes a JSON string");
		}
		catch (JacksonException ex) {
			throw new BadRequestException("body", "it is not JSON: " + ex.getOriginalMessage());
		}
	}

	private static byte[] read(HttpServletRequest request, int longest) throws IOException {
		byte[] body = request.getInputStream().readNBytes(longest + 1);
		if (body.length > longest) {
			throw new BodyTooLongException();
		}
		return body;
	}

}
