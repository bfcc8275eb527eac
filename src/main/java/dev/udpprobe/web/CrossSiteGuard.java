package dev.udpprobe.web;

import java.util.Collections;
import java.util.List;
import java.util.Set;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
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

	private static final Set<String> OWN = Set.of("same-origin", "none");

	@Override
	public void addInterceptors(InterceptorRegistry registry) {
		registry.addInterceptor(this);
	}

	@Override
	public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
		if (handler instanceof HandlerMethod method && isForeign(request)) {
			refuse(method.hasMethodAnnotation(SendsDatagrams.class), "send datagrams");
			refuse(method.hasMethodAnnotation(Manages.class), "manage this service");
			refuse(method.hasMethodAnnotation(StreamsEvents.class), "watch this service");
		}
		return true;
	}

	private static void refuse(boolean asked, String what) {
		if (asked) {
			throw new ErrorResponseException(HttpStatus.FORBIDDEN, Answers.problem(HttpStatus.FORBIDDEN, "cross-site",
					"a page of another site is not allowed to " + what), null);
		}
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
		String host = request.getHeader(HttpHeaders.HOST);
		Set<String> own = Set.of("http://" + host, "https://" + host);
		return !own.containsAll(Collections.list(request.getHeaders(HttpHeaders.ORIGIN)))
				|| !Collections.list(request.getHeaders(HttpHeaders.REFERER))
						.stream()
						.allMatch((page) -> own.stream().anyMatch((site) -> (page + "/").startsWith(site + "/")));
	}

}
