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
 * Makes the filter for the HTTP port, where the scan for components finds this class, and
 * another for a management port of its own, where the file in META-INF/spring names it.
 */
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ManagementContextConfiguration(value = ManagementContextType.CHILD, proxyBeanMethods = false)
class BrowserFilterConfiguration {

	/** As a URI, it would begin with a host. */
	private static final String TWO_SLASHES = "//.*";

	/** Of health, only a group has something below it, its components. */
	private static final String BELOW_COMPONENTS = "%1$s/(?!(liveness|readiness)/)[^/]*/.*|%1$s/[^/]*/[^/]*/.*";

	@Bean
	BrowserFilter browserFilter(AllowedHosts hosts, PathMappedEndpoints endpoints) {
		Set<String> anyHost = new HashSet<>(Set.of("/livez", "/readyz"));
		String none = TWO_SLASHES;
		String health = endpoints.getPath(EndpointId.of("health"));
		if (health != null) {
			anyHost.addAll(List.of(health, health + "/liveness", health + "/readiness"));
			none += "|" + BELOW_COMPONENTS.formatted(Pattern.quote(health));
		}
		String prometheus = endpoints.getPath(EndpointId.of("prometheus"));
		if (prometheus != null) {
			anyHost.add(prometheus);
		}
		return new BrowserFilter(hosts, Set.copyOf(anyHost), Pattern.compile(none));
	}

}
