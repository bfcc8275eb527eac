package dev.udpprobe.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

import dev.udpprobe.access.AskLimits;
import dev.udpprobe.access.Right;

/**
 * Holds all handlers that send datagrams to the limits of whoever asks.
 */
@Component
class AskLimiter implements HandlerInterceptor, WebMvcConfigurer {

	private static final String PLACE = AskLimits.Place.class.getName();

	private final AskLimits limits;

	AskLimiter(AskLimits limits) {
		this.limits = limits;
	}

	@Override
	public void addInterceptors(InterceptorRegistry registry) {
		registry.addInterceptor(this);
	}

	@Override
	public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
		if (handler instanceof HandlerMethod method && HandlerRights.declared(method) == Right.ASK) {
			request.setAttribute(PLACE, this.limits.open(Asker.account(), ClientAddress.of(request)));
		}
		return true;
	}

	/**
	 * For a handler whose request asks more than once.
	 * @throws AskLimits.ExceededException if it is one too many
	 */
	void again(HttpServletRequest request) {
		this.limits.take(Asker.account(), ClientAddress.of(request));
	}

	@Override
	public void afterCompletion(HttpServletRequest request, HttpServletResponse response, Object handler,
			@Nullable Exception ex) {
		if (request.getAttribute(PLACE) instanceof AskLimits.Place place) {
			request.removeAttribute(PLACE);
			place.close();
		}
	}

}
