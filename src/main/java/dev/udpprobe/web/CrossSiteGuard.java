package dev.udpprobe.web;

import java.util.Collections;
import java.util.List;
import java.util.Set;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Keeps web pages of others from sending datagrams, and from managing and watching this service, through the browser of somebody
 * who can reach it. Browsers say where a request comes from; other programs say nothing
 * and are let through.
 */
@Component
class CrossSiteGuard implements HandlerInterceptor, WebMvcConfigurer {

	private static final Set<String> SAFE = Set.of("GET", "HEAD");

	private static final Set<String> OWN = Set.of("same-origin", "none");

	@Override
	public void addInterceptors(InterceptorRegistry registry) {
		registry.addInterceptor(this).order(Ordered.HIGHEST_PRECEDENCE);
	}

	@Override
	public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
		String protectedFrom = (handler instanceof HandlerMethod method) ? protectedFrom(method) : null;
		if (protectedFrom != null && isForeign(request)) {
			throw new ErrorResponseException(HttpStatus.FORBIDDEN, Answers.problem(HttpStatus.FORBIDDEN, "cross-site",
					"a page of another site is not allowed to " + protectedFrom), null);
		}
		return true;
	}

	/**
	 * @return what it does; null if any page may have it do that
	 */
	static @Nullable String protectedFrom(HandlerMethod handler) {
		OwnPagesOnly own = handler.getMethodAnnotation(OwnPagesOnly.class);
		if (own != null) {
			return own.value();
		}
		return switch (HandlerRights.declared(handler)) {
			case null -> null;
			case VIEW -> null;
			case ASK -> "send datagrams";
			case MANAGE -> "manage this service";
		};
	}

	/**
	 * Browsers send Sec-Fetch-Site only where they trust the connection (https, localhost);
	 * elsewhere their Origin must be the host and the port that they ask (RFC 6454 7). Of a link or an image, they say that
	 * by Referer alone, unless the page asks them not to.
	 */
	private static boolean isForeign(HttpServletRequest request) {
		List<String> sites = Collections.list(request.getHeaders("Sec-Fetch-Site"));
		if (!sites.isEmpty()) {
			return !OWN.containsAll(sites);
		}
		// A browser says its Origin with each of these (Fetch, 3.2), and only browsers have sessions.
		if (!SAFE.contains(request.getMethod()) && request.getRequestedSessionId() != null
				&& request.getHeader(HttpHeaders.ORIGIN) == null) {
			return true;
		}
		String host = request.getHeader(HttpHeaders.HOST);
		Set<String> own = Set.of("http://" + host, "https://" + host);
		return !own.containsAll(Collections.list(request.getHeaders(HttpHeaders.ORIGIN)))
				|| !Collections.list(request.getHeaders(HttpHeaders.REFERER))
						.stream()
						.allMatch((page) -> own.stream().anyMatch((site) -> (page + "/").startsWith(site + "/")));
	}

}
