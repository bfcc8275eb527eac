package dev.udpprobe.web;

import java.util.Collections;
import java.util.Comparator;
import java.util.List;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

/**
 * What a request would rather have: JSON, for programs, or text, for a person at a terminal.
 */
enum AnswerForm {

	/** It takes both alike, or says nothing. */
	ANY,

	JSON,

	TEXT;

	/**
	 * Compares how much the request wants of each (RFC 9110 12.5.1).
	 */
	static AnswerForm of(HttpServletRequest request) {
		List<MediaType> accepted;
		try {
			accepted = MediaType.parseMediaTypes(Collections.list(request.getHeaders(HttpHeaders.ACCEPT)));
		}
		catch (InvalidMediaTypeException _) {
			return ANY;
		}
		int order = Double.compare(quality(accepted, MediaType.TEXT_PLAIN),
				quality(accepted, MediaType.APPLICATION_JSON));
		return (order > 0) ? TEXT : (order < 0) ? JSON : ANY;
	}

	/**
	 * That of the range which says most exactly what it means.
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
