package dev.udpprobe.web;

import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Set;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Keeps pages of other sites from sending datagrams, from managing and from watching this service, through the browser of somebody who
 * can reach it. Browsers say where a request comes from; other programs say nothing and are let through.
 */
final class CrossSiteGuard extends OncePerRequestFilter {

	private static final String ANOTHER_SITE = "a page of another site";

	private static final Set<String> SAFE = Set.of("GET", "HEAD");

	private static final Set<String> OWN = Set.of("same-origin", "none");

	private final HandlerRights rights;

	CrossSiteGuard(HandlerRights rights) {
		this.rights = rights;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws IOException, ServletException {
		String guarded = this.rights.guarded(request);
		String foreign = (guarded != null) ? foreign(request) : null;
		if (foreign == null) {
			chain.doFilter(request, response);
			return;
		}
		Answers.write(
				Answers.problem(HttpStatus.FORBIDDEN, "cross-site",
						"%s is not allowed to %s".formatted(foreign, guarded)),
				request.getRequestURI(), request, response);
	}

	/**
	 * Browsers send Sec-Fetch-Site only where they trust the connection (https, localhost);
	 * elsewhere their Origin must be the host and the port that they ask (RFC 6454 7). Of a link or an image, they say that
	 * by Referer alone, unless the page asks them not to.
	 * @return who asks, if it is a page of another site, or may be one; otherwise null
	 */
	private static @Nullable String foreign(HttpServletRequest request) {
		List<String> sites = Collections.list(request.getHeaders("Sec-Fetch-Site"));
		if (!sites.isEmpty()) {
			return OWN.containsAll(sites) ? null : ANOTHER_SITE;
		}
		// Only browsers have sessions, and they say one of these, unless a page hides where it is.
		String said = SAFE.contains(request.getMethod()) ? HttpHeaders.REFERER : HttpHeaders.ORIGIN;
		if (SignedIn.asks(request) && request.getHeader(said) == null) {
			return "a session without the header " + said;
		}
		String host = request.getHeader(HttpHeaders.HOST);
		Set<String> own = ClientAddress.isSecure(request)
				? Set.of("https://" + host)
				: Set.of("https://" + host, "http://" + host);
		boolean allOwn = own.containsAll(Collections.list(request.getHeaders(HttpHeaders.ORIGIN)))
				&& Collections.list(request.getHeaders(HttpHeaders.REFERER))
						.stream()
						.allMatch((page) -> own.stream().anyMatch((site) -> (page + "/").startsWith(site + "/")));
		return allOwn ? null : ANOTHER_SITE;
	}

}
