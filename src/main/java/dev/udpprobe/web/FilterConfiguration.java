package dev.udpprobe.web;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextType;
import org.springframework.boot.actuate.endpoint.EndpointId;
import org.springframework.boot.actuate.endpoint.web.PathMappedEndpoints;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;

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

	/** Their values are decoded where nothing answers a failure. */
	private static final String PARAMETERS = ".*;.*";

	/** Of health, only a group has something below it, its components. */
	private static final String BELOW_COMPONENTS = "%1$s/(?!(liveness|readiness)/)[^/]*/.*|%1$s/[^/]*/[^/]*/.*";

	/** The framework keeps each spelling that leads to one of its files, and looks for all others. */
	private static final String NO_FILE = "/swagger-ui(|/(?!(index\\.html|index\\.css|swagger-ui\\.css|swagger-initializer\\.js"
			+ "|swagger-ui-bundle\\.js|swagger-ui-standalone-preset\\.js|favicon-(16x16|32x32)\\.png)$).*)";

	private static final String SWAGGER_UI = "/swagger-ui.html";

	private static final EndpointId HEALTH = EndpointId.of("health");

	@Bean
	BrowserFilter browserFilter(AllowedHosts hosts, PathMappedEndpoints endpoints) {
		Set<String> anyHost = new HashSet<>(Set.of("/livez", "/readyz"));
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
	RefusingFilter refusingFilter(PathMappedEndpoints endpoints) {
		String health = endpoints.getPath(HEALTH);
		String none = String.join("|", TWO_SLASHES, PARAMETERS, NO_FILE);
		return new RefusingFilter(Pattern.compile(
				(health != null) ? none + "|" + BELOW_COMPONENTS.formatted(Pattern.quote(health)) : none),
				SWAGGER_UI);
	}

}
