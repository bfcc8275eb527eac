package dev.udpprobe.web;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.media.Schema;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import tools.jackson.databind.json.JsonMapper;

/**
 * The body of an answer, as the OpenAPI description tells it.
 *
 * @param type of the content
 * @param schema makes its schema, and adds those that it refers to
 * @param example a text, or what is written as JSON; null if there is none
 */
record Body(String type, Function<Components, Schema<?>> schema, @Nullable Object example) {

	static Body json(Object example) {
		return new Body(MediaType.APPLICATION_JSON_VALUE, Schemas.of(example), example);
	}

	static Body array(List<?> example) {
		return new Body(MediaType.APPLICATION_JSON_VALUE, Schemas.arrayOf(example.getFirst()), example);
	}

	/**
	 * @param end has a line after those of all others
	 */
	static Body lines(List<?> examples, Object end) {
		return new Body(MediaType.APPLICATION_NDJSON_VALUE, Schemas.oneOf(List.of(examples.getFirst(), end)),
				Stream.concat(examples.stream(), Stream.of(end))
						.map(JsonMapper.shared()::writeValueAsString)
						.collect(Collectors.joining("\n", "", "\n")));
	}

	static Body problem(ProblemDetail example) {
		return new Body(MediaType.APPLICATION_PROBLEM_JSON_VALUE, Schemas.PROBLEM, example);
	}

	static Body text(String... lines) {
		return new Body(MediaType.TEXT_PLAIN_VALUE, Schemas.TEXT,
				Arrays.stream(lines).collect(Collectors.joining("\n", "", "\n")));
	}

	static Body reply(String example) {
		return new Body(MediaType.TEXT_PLAIN_VALUE, Schemas.TEXT, example);
	}

	static Body bytes() {
		return new Body(MediaType.APPLICATION_OCTET_STREAM_VALUE, Schemas.BYTES, null);
	}

}
