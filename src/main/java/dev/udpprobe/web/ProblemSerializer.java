package dev.udpprobe.web;

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.jackson.JacksonComponent;
import org.springframework.http.ProblemDetail;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;

/**
 * Writes a problem (RFC 9457) with what a reader wants first: the outcome and the detail, then what this service adds, and last what
 * is the same for all of its kind.
 */
@JacksonComponent
class ProblemSerializer extends ValueSerializer<ProblemDetail> {

	@Override
	public void serialize(ProblemDetail problem, JsonGenerator out, SerializationContext context) {
		Map<String, Object> own = new LinkedHashMap<>();
		if (problem.getProperties() != null) {
			own.putAll(problem.getProperties());
		}
		out.writeStartObject();
		write(out, "outcome", own.remove("outcome"));
		own.remove("detail");
		write(out, "detail", problem.getDetail());
		own.forEach((name, value) -> write(out, name, value));
		write(out, "type", problem.getType());
		write(out, "title", problem.getTitle());
		write(out, "status", problem.getStatus());
		write(out, "instance", problem.getInstance());
		out.writeEndObject();
	}

	private static void write(JsonGenerator out, String name, @Nullable Object value) {
		if (value != null) {
			out.writePOJOProperty(name, value);
		}
	}

}
