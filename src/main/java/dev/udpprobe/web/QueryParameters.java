package dev.udpprobe.web;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.web.util.UriComponentsBuilder;

import dev.udpprobe.probe.BadRequestException;

/**
 * The parameters of the query alone. The servlet's own look into the body too, where its
 * type says form, which {@code curl} says unasked.
 */
final class QueryParameters {

	private QueryParameters() {}

	static Map<String, String[]> of(HttpServletRequest request) {
		Map<String, String[]> parameters = new LinkedHashMap<>();
		UriComponentsBuilder.newInstance()
				.query(request.getQueryString())
				.build()
				.getQueryParams()
				.forEach((name, values) -> parameters.put(decode(name, name), decode(name, values)));
		return parameters;
	}

	/**
	 * @throws BadRequestException if there are any
	 */
	static void none(HttpServletRequest request) {
		of(request).keySet().forEach((name) -> {
			throw new BadRequestException(name, "with JSON, fields stand in the body, not in the query");
		});
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
