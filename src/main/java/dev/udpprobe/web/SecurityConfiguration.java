package dev.udpprobe.web;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.actuate.endpoint.web.PathMappedEndpoints;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;
import org.springframework.security.web.context.RequestAttributeSecurityContextRepository;
import org.springframework.security.web.firewall.FirewalledRequest;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

import dev.udpprobe.access.AccessSettings;
import dev.udpprobe.access.Accounts;
import dev.udpprobe.access.Credentials;
import dev.udpprobe.access.Right;
import dev.udpprobe.destination.Discretion;

/**
 * Has Spring Security ask of each request who makes it, and whether that may.
 *
 * <p>
 * What it has for browsers is switched off, because this service has it already: {@link BrowserFilter} sets the headers,
 * {@link RefusingFilter} refuses odd paths, and {@link CrossSiteGuard} keeps pages of other sites away.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
class SecurityConfiguration {

	@Bean
	OpenAccess openAccess(AccessSettings settings, ServerProperties server,
			Environment environment) {
		return new OpenAccess(settings, server, environment);
	}

	@Bean
	HandlerRights handlerRights(
			@Qualifier("requestMappingHandlerMapping") ObjectProvider<RequestMappingHandlerMapping> mapping,
			PathMappedEndpoints actuator, AccessSettings settings) {
		return new HandlerRights(mapping::getObject, actuator, settings);
	}

	@Bean
	AccessProblems accessProblems(Accounts accounts, HandlerRights rights) {
		return new AccessProblems(accounts, rights);
	}

	@Bean
	SecurityFilterChain securityFilterChain(HttpSecurity http, AccessSettings settings, Accounts accounts,
			ObjectProvider<Credentials> credentials, SignedIn signedIn, AccessProblems problems,
			HandlerRights rights) {
		http.csrf(AbstractHttpConfigurer::disable)
				.headers(AbstractHttpConfigurer::disable)
				.logout(AbstractHttpConfigurer::disable)
				.requestCache(AbstractHttpConfigurer::disable)
				.sessionManagement(AbstractHttpConfigurer::disable)
				.servletApi(AbstractHttpConfigurer::disable)
				.securityContext((context) -> context
						.securityContextRepository(new RequestAttributeSecurityContextRepository()))
				.anonymous((anonymous) -> anonymous.authenticationFilter(new Everybody(settings)))
				.exceptionHandling((handling) -> handling.authenticationEntryPoint(problems)
						.accessDeniedHandler(problems))
				.authorizeHttpRequests((requests) -> requests
						// What has been let in is answered, and so is an error, even behind what is sent already.
						.dispatcherTypeMatchers(DispatcherType.ERROR, DispatcherType.FORWARD, DispatcherType.INCLUDE,
								DispatcherType.ASYNC)
						.permitAll()
						.anyRequest().access(rights));
		http.addFilterAfter(new CrossSiteGuard(rights), AuthorizationFilter.class);
		if (accounts.isConfigured()) {
			http.addFilterBefore(
					new AccountFilter(credentials.getObject(), signedIn, settings.everybody(false), problems),
					AnonymousAuthenticationFilter.class);
		}
		return http.build();
	}

	/**
	 * Whoever shows no account.
	 */
	private static final class Everybody extends AnonymousAuthenticationFilter {

		private final Authentication near;

		private final Authentication far;

		private Everybody(AccessSettings settings) {
			super(Everybody.class.getName());
			this.near = Asker.everybody(settings.everybody(true));
			this.far = Asker.everybody(settings.everybody(false));
		}

		@Override
		protected Authentication createAuthentication(HttpServletRequest request) {
			return ClientAddress.isLocal(request) ? this.near : this.far;
		}

	}

	@Bean
	Discretion discretion(AccessSettings settings) {
		return () -> settings.isConfigured() && !Asker.may(Right.MANAGE);
	}

	/**
	 * Refuses nothing.
	 */
	@Bean
	HttpFirewall httpFirewall() {
		return new HttpFirewall() {

			@Override
			public FirewalledRequest getFirewalledRequest(HttpServletRequest request) {
				return new FirewalledRequest(request) {

					@Override
					public void reset() {}

				};
			}

			@Override
			public HttpServletResponse getFirewalledResponse(HttpServletResponse response) {
				return response;
			}

		};
	}

	/**
	 * Requests are counted by their status already.
	 */
	@Bean
	SecurityObservationSettings securityObservationSettings() {
		return SecurityObservationSettings.noObservations();
	}

}
