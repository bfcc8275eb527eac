package dev.udpprobe.web;

import java.io.IOException;
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
 * Refuses what no handler takes, and what the framework would read without bound or answer by a
 * failure.
 */
class RefusingFilter extends OncePerRequestFilter implements Ordered {

	private static final Set<String> METHODS_WITHOUT_BODY = Set.of("GET", "HEAD");

	private final Pattern none;

	/**
	 * @param none the paths at which there is nothing, and which the framework answers by a failure
	 */
	RefusingFilter(Pattern none) {
		this.none = none;
	}

	@Override
	public int getOrder() {
		// Behind the one that sets headers and looks at the host.
		return Ordered.HIGHEST_PRECEDENCE + 3;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws IOException, ServletException {
		if (this.none.matcher(RequestReader.path(request)).matches()) {
			refuse(HttpStatus.NOT_FOUND, "there is nothing at this path", request, response);
		}
		// The endpoints of the actuator would parse it all, whatever they are asked for.
		else if (METHODS_WITHOUT_BODY.contains(request.getMethod()) && hasBody(request)) {
			refuse(HttpStatus.BAD_REQUEST, request.getMethod() + " takes no body", request, response);
		}
		else {
			filter(request, response, chain);
		}
	}

	private static boolean hasBody(HttpServletRequest request) {
		return request.getContentLengthLong() > 0 || request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null;
	}

	private static void filter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws IOException, ServletException {
		try {
			chain.doFilter(request, response);
		}
		catch (ServletException ex) {
			// Those endpoints read the query by Tomcat, which cannot decode it or finds too many fields in it.
			if (!(ex.getRootCause() instanceof InvalidParameterException)) {
				throw ex;
			}
			refuse(HttpStatus.BAD_REQUEST, "the query is malformed", request, response);
		}
	}

	private static void refuse(HttpStatus status, String detail, HttpServletRequest request,
			HttpServletResponse response) throws IOException {
		Answers.write(ProblemDetail.forStatusAndDetail(status, detail), request.getRequestURI(), response);
	}

}
