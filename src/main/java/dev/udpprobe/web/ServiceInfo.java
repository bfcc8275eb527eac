package dev.udpprobe.web;

import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.List;
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

import dev.udpprobe.access.Account;
import dev.udpprobe.access.Accounts;
import dev.udpprobe.access.Right;
import dev.udpprobe.probe.Addressing;

/**
 * What the page says of the service itself.
 */
@Component
final class ServiceInfo {

	private static final String KERNEL = "kernel";

	private final Accounts accounts;

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
	 * @param rights of whoever looks
	 * @param account of whoever looks; null without one
	 * @param signIn where to sign in, relative to the page; null if nobody can
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	record ServiceView(@Nullable String version, String page, Instant started, @Nullable String target, Object kernel,
			@Nullable String api,
			@Nullable String metrics, @Nullable String documents, List<String> rights, @Nullable String account,
			@Nullable String signIn) {

		private ServiceView with(List<String> rights, @Nullable String account, @Nullable String signIn) {
			return new ServiceView(this.version, this.page, this.started, this.target, this.kernel, this.api,
					this.metrics, this.documents, rights, account, signIn);
		}

	}

	ServiceInfo(ObjectProvider<BuildProperties> build, ObjectProvider<InfoContributor> contributors,
			PageFiles files, Addressing addressing, ObjectProvider<PathMappedEndpoints> endpoints,
			Environment environment, Accounts accounts) {
		this.accounts = accounts;
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
				files.documents(), List.of(), null, null);
	}

	private static @Nullable String path(@Nullable PathMappedEndpoints endpoints) {
		return (endpoints != null) ? endpoints.getPath(EndpointId.of("prometheus")) : null;
	}

	private static @Nullable String relative(@Nullable String path) {
		return (path != null) ? path.substring(1) : null;
	}

	/**
	 * @return for whoever asks in this thread
	 */
	ServiceView view() {
		Account account = Asker.account();
		return this.view.with(Asker.rights().stream().map(Right::label).toList(),
				(account != null) ? account.name() : null,
				(this.accounts.anyPassword() != null) ? SignInController.PATH.substring(1) : null);
	}

}
