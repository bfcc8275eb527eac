package dev.udpprobe.web;

import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementPortType;
import org.springframework.boot.actuate.endpoint.EndpointId;
import org.springframework.boot.actuate.endpoint.web.PathMappedEndpoints;
import org.springframework.boot.actuate.info.Info;
import org.springframework.boot.actuate.info.InfoContributor;
import org.springframework.boot.info.BuildProperties;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

import dev.udpprobe.probe.Addressing;

/**
 * What the page says of the service itself.
 */
@Component
final class ServiceInfo {

	private static final String KERNEL = "kernel";

	private final ServiceView view;

	/**
	 * The service as JSON.
	 *
	 * @param version null where no build has written it
	 * @param page what changes with the files of the page
	 * @param target that requests are sent to which name none; null if there is none
	 * @param kernel which detail of the kernel is available, or why it is not
	 * @param api where the description of all requests is, relative to the page; null where it is switched off
	 * @param metrics the same of the metrics; null if they are on another port
	 * @param documents the same of the documents; null if the build has not put them there
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	record ServiceView(@Nullable String version, String page, Instant started, @Nullable String target, Object kernel,
			@Nullable String api,
			@Nullable String metrics, @Nullable String documents) {}

	ServiceInfo(ObjectProvider<BuildProperties> build, ObjectProvider<InfoContributor> contributors,
			PageFiles files, Addressing addressing, ObjectProvider<PathMappedEndpoints> endpoints,
			Environment environment) {
		Info.Builder info = new Info.Builder();
		contributors.forEach((contributor) -> contributor.contribute(info));
		BuildProperties properties = build.getIfAvailable();
		boolean documented = environment.getProperty("springdoc.swagger-ui.enabled", Boolean.class, true)
				&& environment.getProperty("springdoc.api-docs.enabled", Boolean.class, true);
		this.view = new ServiceView((properties != null) ? properties.getVersion() : null, files.version(),
				Instant.ofEpochMilli(ManagementFactory.getRuntimeMXBean().getStartTime()),
				addressing.defaultTarget(),
				info.build().getDetails().getOrDefault(KERNEL, Map.of()),
				documented ? relative(environment.getRequiredProperty("springdoc.swagger-ui.path")) : null,
				(ManagementPortType.get(environment) == ManagementPortType.SAME)
						? relative(path(endpoints.getIfAvailable()))
						: null,
				files.documents());
	}

	private static @Nullable String path(@Nullable PathMappedEndpoints endpoints) {
		return (endpoints != null) ? endpoints.getPath(EndpointId.of("prometheus")) : null;
	}

	private static @Nullable String relative(@Nullable String path) {
		return (path != null) ? path.substring(1) : null;
	}

	ServiceView view() {
		return this.view;
	}

}
