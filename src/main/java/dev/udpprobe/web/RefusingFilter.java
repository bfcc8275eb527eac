package dev.udpprobe.web;

import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses what no handler takes, and what the framework would read or keep without bound, or
 * answer by a failure.
 */
class RefusingFilter extends OncePerRequestFilter implements Ordered {

	private static final Set<String> METHODS_WITHOUT_BODY = Set.of("GET", "HEAD");

	/** Where the framework reads it, and not this service: ample for the level of a logger. */
	private static final int MAX_BODY = 1_024;

	/** Each is combined with each type that a handler has, and the framework fails above 50. */
	private static final int MAX_ACCEPTED = 12;

	/** What is accepted comes back as the type of the answer, and the head of an answer has 8 KiB. */
	private static final int MAX_ACCEPT = 1_000;

	private final Pattern none;

	private final Pattern noQuery;

	private final Set<String> withBody;

	/**
	 * @param none the paths at which there is nothing, and which the framework would keep, or answer
	 * by a failure
	 * @param noQuery the paths that would take a query into the head of their answer, fail on it, or not heed it
	 * @param withBody the paths at which this service reads the body, and bounds it
	 */
	RefusingFilter(Pattern none, Pattern noQuery, Set<String> withBody) {
		this.none = none;
		this.noQuery = noQuery;
		this.withBody = withBody;
	}

	@Override
	public int getOrder() {
		// Behind the one that sets headers and looks at the host.
		return Ordered.HIGHEST_PRECEDENCE + 4;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws IOException, ServletException {
		String path = RequestReader.path(request);
		if (this.none.matcher(path).matches()) {
			refuse(HttpStatus.NOT_FOUND, "there is nothing at this path", request, response);
		}
		// The endpoints of the actuator would parse it all, whatever they are asked for.
		else if (METHODS_WITHOUT_BODY.contains(request.getMethod()) && hasBodyAbove(request, 0)) {
			refuse(HttpStatus.BAD_REQUEST, request.getMethod() + " takes no body", request, response);
		}
		else if (!this.withBody.contains(path) && hasBodyAbove(request, MAX_BODY)) {
			refuse(HttpStatus.CONTENT_TOO_LARGE,
					"here, a body has at most " + MAX_BODY + " bytes, and says its length first", request, response);
		}
		else if (!takesAccept(Collections.list(request.getHeaders(HttpHeaders.ACCEPT)))) {
			refuse(HttpStatus.BAD_REQUEST, "the header Accept is too long", request, response);
		}
		else if (request.getQueryString() != null && this.noQuery.matcher(path).matches()) {
			refuse(HttpStatus.BAD_REQUEST, path + " takes no query", request, response);
		}
		else {
			filter(request, response, chain);
		}
	}

	private static boolean takesAccept(List<String> values) {
		String all = String.join(",", values);
		return all.length() <= MAX_ACCEPT && all.chars().filter((c) -> c == ',').count() < MAX_ACCEPTED;
	}

	/**
	 * @param max in bytes
	 * @return whether the request's body is longer, or does not say how long it is
	 */
	private static boolean hasBodyAbove(HttpServletRequest request, int max) {
		return request.getContentLengthLong() > max || request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null;
	}

	private static void filter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws IOException, ServletException {
		try {
			chain.doFilter(request, response);
		}
		catch (ServletException ex) {
			// Handlers of the framework read the query by Tomcat, which cannot decode it or finds too much in it.
			if (!(ex.getRootCause() instanceof InvalidParameterException)) {
				throw ex;
			}
			refuse(HttpStatus.BAD_REQUEST, "the query is malformed", request, response);
		}
	}

	private static void refuse(HttpStatus status, String detail, HttpServletRequest request,
			HttpServletResponse response) throws IOException {
		Answers.write(ProblemDetail.forStatusAndDetail(status, detail), request.getRequestURI(), request,
				response);
	}

}
