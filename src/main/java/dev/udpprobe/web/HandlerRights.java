package dev.udpprobe.web;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.actuate.endpoint.EndpointId;
import org.springframework.boot.actuate.endpoint.web.PathMappedEndpoints;
import org.springframework.http.server.PathContainer;
import org.springframework.http.server.RequestPath;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.filter.ServerHttpObservationFilter;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.util.ServletRequestPathUtils;
import org.springframework.web.util.pattern.PathPattern;

import dev.udpprobe.access.AccessSettings;
import dev.udpprobe.access.Right;

/**
 * Which right a request takes: that of the handler which will answer it, as its annotation says. Of the actuator, health is open, what
 * only tells of the service takes the right to view, and everything else the right to manage, as do handlers of other packages. Where
 * nothing answers, the right to view is needed to hear that. Safe for any number of threads.
 */
final class HandlerRights implements AuthorizationManager<RequestAuthorizationContext>, SmartInitializingSingleton {

	private static final EndpointId HEALTH = EndpointId.of("health");

	private static final EndpointId METRICS = EndpointId.of("prometheus");

	private static final Set<EndpointId> TELLING = Set.of(METRICS, EndpointId.of("info"), EndpointId.of("sbom"));

	/** Whose handlers describe the requests. */
	private static final String DESCRIPTION = "org.springdoc.";

	/** Empty where its endpoints stand beside the handlers. */
	private final String actuator;

	/** The right that each endpoint of the actuator takes, by its path, the longest one first; null for none. */
	private final Map<String, @Nullable Right> endpoints = new TreeMap<>(
			Comparator.comparing(String::length).reversed().thenComparing(Comparator.naturalOrder()));

	private final Supplier<RequestMappingHandlerMapping> mapping;

	/** Known only when all else is there. */
	private List<Handler> handlers = List.of();

	/**
	 * @param methods empty for all
	 * @param right null if it takes none
	 * @param guarded what it does that pages of other sites may not have it do; null for nothing
	 */
	private record Handler(PathPattern path, Set<RequestMethod> methods, @Nullable Right right,
			@Nullable String guarded) {

		private boolean takes(RequestMethod method) {
			return this.methods.isEmpty() || this.methods.contains(method)
					|| (method == RequestMethod.HEAD && this.methods.contains(RequestMethod.GET));
		}

	}

	/**
	 * @param mapping of all handlers but the actuator's
	 */
	HandlerRights(Supplier<RequestMappingHandlerMapping> mapping, PathMappedEndpoints actuator,
			AccessSettings settings) {
		this.actuator = actuator.getBasePath();
		actuator.getAllPaths().forEach((path) -> this.endpoints.put(path, Right.MANAGE));
		for (EndpointId id : TELLING) {
			put(actuator.getPath(id), (id.equals(METRICS) && settings.openMetrics()) ? null : Right.VIEW);
		}
		put(actuator.getPath(HEALTH), null);
		this.mapping = mapping;
	}

	private void put(@Nullable String path, @Nullable Right right) {
		if (path != null) {
			this.endpoints.put(path, right);
		}
	}

	/**
	 * Before anybody can ask.
	 * @throws IllegalStateException if a handler does not say which right it takes
	 */
	@Override
	public void afterSingletonsInstantiated() {
		List<Handler> handlers = new ArrayList<>();
		this.mapping.get().getHandlerMethods().forEach((info, method) -> {
			Right right = right(method);
			Objects.requireNonNull(info.getPathPatternsCondition()).getPatterns().forEach((path) -> handlers
					.add(new Handler(path, Set.copyOf(info.getMethodsCondition().getMethods()), right,
							guarded(method))));
		});
		this.handlers = handlers;
	}

	/**
	 * @return null if it takes none
	 */
	private static @Nullable Right right(HandlerMethod method) {
		Right right = declared(method);
		if (right != null || method.hasMethodAnnotation(Open.class)) {
			return right;
		}
		if (method.getBeanType().getPackage().equals(HandlerRights.class.getPackage())) {
			throw new IllegalStateException(method + " does not say which right it takes");
		}
		return method.getBeanType().getName().startsWith(DESCRIPTION) ? Right.VIEW : Right.MANAGE;
	}

	/**
	 * @return what its annotation says; null if it has none
	 */
	static @Nullable Right declared(HandlerMethod method) {
		Needs needs = method.getMethodAnnotation(Needs.class);
		return (needs != null) ? needs.value() : null;
	}

	/**
	 * @return what a handler does that pages of other sites may not have it do; null for nothing
	 */
	static @Nullable String guarded(HandlerMethod handler) {
		OwnPagesOnly own = handler.getMethodAnnotation(OwnPagesOnly.class);
		return (own != null) ? own.value() : guarded(declared(handler));
	}

	private static @Nullable String guarded(@Nullable Right right) {
		return switch (right) {
			case null -> null;
			case VIEW -> null;
			case ASK -> "send datagrams";
			case MANAGE -> "manage this service";
		};
	}

	/**
	 * @return null if it takes none
	 */
	@Nullable
	Right of(HttpServletRequest request) {
		return of(request, handler(request));
	}

	private @Nullable Right of(HttpServletRequest request, @Nullable Handler handler) {
		if (handler != null) {
			return handler.right();
		}
		PathContainer path = path(request);
		return (path != null) ? ofOthers(path.value()) : Right.MANAGE;
	}

	/**
	 * @return what it does that pages of other sites may not have it do; null for nothing
	 */
	@Nullable
	String guarded(HttpServletRequest request) {
		Handler handler = handler(request);
		return (handler != null) ? handler.guarded() : guarded(of(request, null));
	}

	/**
	 * @return null if it cannot be decoded, so that nothing answers
	 */
	private static @Nullable PathContainer path(HttpServletRequest request) {
		try {
			RequestPath parsed = ServletRequestPathUtils.hasParsedRequestPath(request)
					? ServletRequestPathUtils.getParsedRequestPath(request)
					: ServletRequestPathUtils.parseAndCache(request);
			return parsed.pathWithinApplication();
		}
		catch (IllegalArgumentException _) {
			return null;
		}
	}

	private @Nullable Handler handler(HttpServletRequest request) {
		PathContainer path = path(request);
		RequestMethod method = RequestMethod.resolve(request.getMethod());
		if (path == null || method == null) {
			return null;
		}
		for (Handler handler : this.handlers) {
			if (handler.takes(method) && handler.path().matches(path)) {
				return handler;
			}
		}
		return null;
	}

	private @Nullable Right ofOthers(String path) {
		if (HealthConnector.PATHS.contains(path)) {
			return null;
		}
		for (Map.Entry<String, @Nullable Right> endpoint : this.endpoints.entrySet()) {
			if (BrowserFilter.isAtOrBelow(endpoint.getKey(), path)) {
				return endpoint.getValue();
			}
		}
		boolean unknownEndpoint = !this.actuator.isEmpty() && !path.equals(this.actuator)
				&& BrowserFilter.isAtOrBelow(this.actuator, path);
		return unknownEndpoint ? Right.MANAGE : Right.VIEW;
	}

	@Override
	public AuthorizationResult authorize(Supplier<? extends @Nullable Authentication> asker,
			RequestAuthorizationContext context) {
		Handler handler = handler(context.getRequest());
		if (handler != null) {
			// What is refused before the framework finds the handler is counted for it, too.
			ServerHttpObservationFilter.findObservationContext(context.getRequest())
					.ifPresent((counted) -> counted.setPathPattern(handler.path().getPatternString()));
		}
		Right right = of(context.getRequest(), handler);
		if (right == null) {
			return new AuthorizationDecision(true);
		}
		boolean granted = Asker.may(asker.get(), right);
		if (granted) {
			AuditFilter.letIn(context.getRequest());
		}
		return new AuthorizationDecision(granted);
	}

}
