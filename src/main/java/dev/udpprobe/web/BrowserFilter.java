package dev.udpprobe.web;

import java.io.IOException;
import java.util.Map;
import java.util.Set;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.filter.OncePerRequestFilter;

import dev.udpprobe.net.AllowedHosts;

/**
 * Stands before all that answers, and keeps a page of others from reading this service
 * through the browser of somebody who can reach it: by a name of its own that suddenly
 * resolves to this host (DNS rebinding), in a frame, or as a script.
 */
class BrowserFilter extends OncePerRequestFilter implements Ordered {

	private static final String CONTENT_SECURITY_POLICY = "Content-Security-Policy";

	private static final Map<String, String> HEADERS = Map.of("X-Content-Type-Options", "nosniff", "X-Frame-Options",
			"DENY", "Referrer-Policy", "same-origin", "Cross-Origin-Resource-Policy", "same-origin",
			CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'", HttpHeaders.CACHE_CONTROL,
			"no-store");

	/** Scripts and styles are files of this service alone, and text never becomes markup but by the library that makes it safe. */
	private static final String PAGE_POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
			+ "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
			+ "require-trusted-types-for 'script'; trusted-types lit-html";

	/** Its form goes to this service. */
	private static final String SIGN_IN_POLICY = PAGE_POLICY.replace("form-action 'none'", "form-action 'self'");

	private static final String SWAGGER_UI = "/swagger-ui";

	/** Its logo has a style inside. */
	private static final String SWAGGER_UI_POLICY = "default-src 'none'; script-src 'self'; style-src-elem 'self' 'unsafe-inline'; "
			+ "img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

	private final AllowedHosts hosts;

	private final Set<String> anyHost;

	/**
	 * @param anyHost the paths that answer under every host, and none below them: probes and
	 * scrapes come from programs that call this host what they like
	 */
	BrowserFilter(AllowedHosts hosts, Set<String> anyHost) {
		this.hosts = hosts;
		this.anyHost = anyHost;
	}

	@Override
	public int getOrder() {
		// Behind the one that logs what is refused.
		return Ordered.HIGHEST_PRECEDENCE + 3;
	}

	/**
	 * Some errors of Tomcat's come to no filter before they are forwarded.
	 */
	@Override
	protected boolean shouldNotFilterErrorDispatch() {
		return false;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws IOException, ServletException {
		String path = RequestReader.path(request);
		HEADERS.forEach(response::setHeader);
		if (path.equals("/")) {
			response.setHeader(CONTENT_SECURITY_POLICY, PAGE_POLICY);
		}
		if (path.equals(SignInController.PATH)) {
			response.setHeader(CONTENT_SECURITY_POLICY, SIGN_IN_POLICY);
		}
		if (isAtOrBelow(SWAGGER_UI, path)) {
			response.setHeader(CONTENT_SECURITY_POLICY, SWAGGER_UI_POLICY);
			response.setHeader(HttpHeaders.CACHE_CONTROL, null);
		}
		// Not getServerName, which a proxy's headers change where they are heeded, and any page can send those.
		String host = request.getHeader(HttpHeaders.HOST);
		if (this.hosts.allows(host) || this.anyHost.contains(path)) {
			chain.doFilter(request, response);
			return;
		}
		ProblemDetail problem = Answers.problem(HttpStatus.MISDIRECTED_REQUEST, "host",
				((host != null) ? "the host '%s' is not allowed".formatted(host) : "the request names no host")
						+ "; ask by IP address, by a name without a dot or as localhost, or allow the name in "
						+ "udp-probe.http.allowed-hosts");
		Answers.write(problem, request.getRequestURI(), request, response);
	}

	static boolean isAtOrBelow(String parent, String path) {
		return path.startsWith(parent) && (path.length() == parent.length() || path.charAt(parent.length()) == '/');
	}

}
