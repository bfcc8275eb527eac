package dev.udpprobe.web;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

import org.apache.catalina.Valve;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextType;
import org.springframework.boot.actuate.endpoint.EndpointId;
import org.springframework.boot.actuate.endpoint.web.PathMappedEndpoints;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.context.annotation.Bean;

import dev.udpprobe.access.TrustedProxies;
import dev.udpprobe.net.AllowedHosts;

/**
 * Makes the filters for the HTTP port, where the scan for components finds this class, and
 * others for a management port of its own, where the file in META-INF/spring names it.
 */
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ManagementContextConfiguration(value = ManagementContextType.CHILD, proxyBeanMethods = false)
class FilterConfiguration {

	/** As a URI, it would begin with a host. */
	private static final String TWO_SLASHES = "//.*";

	/**
	 * No path here needs them, but for the name of a target: parameters, which are decoded where nothing answers a failure, and
	 * other spellings.
	 */
	private static final String PARAMETERS_AND_SPELLINGS = "(?!/targets/[^/;]+$).*[;%].*";

	/** Of health, only a group has something below it, its components. */
	private static final String BELOW_COMPONENTS = "%1$s/(?!(liveness|readiness)/)[^/]*/.*|%1$s/[^/]*/[^/]*/.*";

	private static final Set<String> WITH_BODY = Set.of("/send", "/send/lines", "/trace", "/mtu", "/ping");

	/** The framework keeps each spelling that leads to one of its files, and looks for all others. */
	private static final String NO_FILE = "%s/swagger-ui(|/(?!(index\\.html|index\\.css|swagger-ui\\.css|swagger-initializer\\.js"
			+ "|swagger-ui-bundle\\.js|swagger-ui-standalone-preset\\.js|favicon-(16x16|32x32)\\.png)$).*)";

	private static final EndpointId HEALTH = EndpointId.of("health");

	@Bean
	BrowserFilter browserFilter(AllowedHosts hosts, PathMappedEndpoints endpoints) {
		Set<String> anyHost = new HashSet<>(HealthConnector.PATHS);
		anyHost.add("/-/healthy");
		String health = endpoints.getPath(HEALTH);
		if (health != null) {
			anyHost.addAll(List.of(health, health + "/liveness", health + "/readiness"));
		}
		String prometheus = endpoints.getPath(EndpointId.of("prometheus"));
		if (prometheus != null) {
			anyHost.add(prometheus);
		}
		return new BrowserFilter(hosts, Set.copyOf(anyHost));
	}

	@Bean
	AuditFilter auditFilter(HandlerRights rights) {
		return new AuditFilter(rights);
	}

	@Bean
	RefusingFilter refusingFilter(PathMappedEndpoints endpoints,
			@Value("${springdoc.swagger-ui.path}") String swaggerUi) {
		String directory = swaggerUi.substring(0, Math.max(0, swaggerUi.lastIndexOf('/')));
		List<String> none = new ArrayList<>(
				List.of(TWO_SLASHES, PARAMETERS_AND_SPELLINGS, NO_FILE.formatted(Pattern.quote(directory))));
		// At health, a parameter would take the place of the components in the path.
		List<String> noQuery = new ArrayList<>(
				List.of(Pattern.quote(swaggerUi), String.join("|", HealthConnector.PATHS),
						"/sign-in", "/sign-out", "/targets/.+", "/modules", "/probes(/.*)?", "/-/.*"));
		String health = endpoints.getPath(HEALTH);
		if (health != null) {
			none.add(BELOW_COMPONENTS.formatted(Pattern.quote(health)));
			noQuery.add(Pattern.quote(health) + "(/.*)?");
		}
		return new RefusingFilter(anyOf(none), anyOf(noQuery), WITH_BODY);
	}

	private static Pattern anyOf(List<String> patterns) {
		return Pattern.compile(String.join("|", patterns));
	}

	@Bean
	WebServerFactoryCustomizer<TomcatServletWebServerFactory> tomcatCustomizer(ServerProperties server,
			TrustedProxies proxies) {
		// A filter of the framework or a valve of Tomcat's reads and hides them.
		boolean keepForwarded = server.getForwardHeadersStrategy() != ServerProperties.ForwardHeadersStrategy.NONE;
		return (factory) -> {
			List<Valve> valves = new ArrayList<>(
					List.of(new HeadersValve(keepForwarded, proxies), new ClientConnection()));
			valves.addAll(factory.getEngineValves());
			factory.setEngineValves(valves);
			factory.setProtocol(KeepAliveProtocol.class.getName());
		};
	}

}
