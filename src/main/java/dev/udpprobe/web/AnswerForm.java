package dev.udpprobe.web;

import java.util.Collections;
import java.util.Comparator;
import java.util.List;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

/**
 * What a request would rather have: JSON, for programs, or text, for a person at a terminal.
 */
enum AnswerForm {

	/** It wants none of them most, or says nothing. */
	ANY,

	JSON,

	TEXT;

	private static final List<MediaType> ALL_JSON = List.of(MediaType.APPLICATION_JSON,
			MediaType.APPLICATION_PROBLEM_JSON, MediaType.APPLICATION_NDJSON);

	/** Whatever comes of it is text, as Prometheus reads it. */
	private static final String PROBE = "/probe";

	/**
	 * Compares how much the request wants of each (RFC 9110 12.5.1).
	 */
	static AnswerForm of(HttpServletRequest request) {
		Object failed = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
		String path = (failed instanceof String uri)
				? uri.substring(request.getContextPath().length())
				: RequestReader.path(request);
		if (path.equals(PROBE)) {
			return TEXT;
		}
		List<MediaType> accepted;
		try {
			accepted = MediaType.parseMediaTypes(Collections.list(request.getHeaders(HttpHeaders.ACCEPT)));
		}
		catch (InvalidMediaTypeException _) {
			return ANY;
		}
		double text = quality(accepted, MediaType.TEXT_PLAIN);
		double json = ALL_JSON.stream().mapToDouble((type) -> quality(accepted, type)).max().orElseThrow();
		double bytes = quality(accepted, MediaType.APPLICATION_OCTET_STREAM);
		if (text > Math.max(json, bytes)) {
			return TEXT;
		}
		return (json > Math.max(text, bytes)) ? JSON : ANY;
	}

	/**
	 * The quality of the most specific range that includes the type.
	 */
	private static double quality(List<MediaType> accepted, MediaType type) {
		return accepted.stream()
				.filter((range) -> range.includes(type))
				.max(Comparator.comparing((MediaType range) -> !range.isWildcardType())
						.thenComparing((range) -> !range.isWildcardSubtype()))
				.map(MediaType::getQualityValue)
				.orElse(0.0);
	}

}
