package dev.udpprobe.web;

import java.util.ArrayList;
import java.util.List;

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

	@Bean
	BrowserFilter browserFilter(AllowedHosts hosts, PathMappedEndpoints endpoints) {
		List<String> anyHost = new ArrayList<>(List.of("/livez", "/readyz"));
		for (String id : List.of("health", "prometheus")) {
			String path = endpoints.getPath(EndpointId.of(id));
			if (path != null) {
				anyHost.add(path);
			}
		}
		return new BrowserFilter(hosts, List.copyOf(anyHost));
	}

}
