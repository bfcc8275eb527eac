package dev.udpprobe.config;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;

import dev.udpprobe.destination.TargetRule;
import dev.udpprobe.destination.Targets;
import dev.udpprobe.module.ModuleSpec;
import dev.udpprobe.net.HostAndPort;

/**
 * All of the configuration. A value or a key that is not taken stops the start.
 *
 * @param targets Targets with names, each with a name and an address.
 * @param modules Modules by name: what is sent, and which answers are good.
 * @param moduleFiles YAML files of modules, which are read again when they change: paths, whose last part may have * and ?.
 * @param targetFiles Files of more targets in the format of Prometheus for file_sd, which are read again when they change: paths
 * that end in .yml, .yaml or .json, and whose last part may have * and ?.
 */
@ConfigurationProperties(prefix = "udp-probe", ignoreUnknownFields = false)
record UdpProbeProperties(@NestedConfigurationProperty @DefaultValue EchoProperties echo,
		@NestedConfigurationProperty @DefaultValue ClientProperties client,
		@NestedConfigurationProperty @DefaultValue HttpProperties http,
		@NestedConfigurationProperty @DefaultValue SecurityProperties security,
		@NestedConfigurationProperty @DefaultValue MonitorProperties monitor,
		@DefaultValue List<TargetProperties> targets, @DefaultValue Map<String, ModuleSpec> modules,
		@DefaultValue List<String> moduleFiles, @DefaultValue List<String> targetFiles) {

	private static final Pattern TARGET_FILE = Pattern.compile("\\.(?:ya?ml|json)$", Pattern.CASE_INSENSITIVE);

	UdpProbeProperties {
		Set<String> names = new LinkedHashSet<>();
		for (TargetProperties target : targets) {
			target.checkConfigured(client.maxTimeout());
			if (!names.add(target.name())) {
				throw Check.wrong("udp-probe.targets[].name", target.name(), "a name that no other target has");
			}
		}
		if (echo.enabled()) {
			names.add(Targets.ECHO);
		}
		targetFiles.forEach((path) -> {
			if (!TARGET_FILE.matcher(path).find()) {
				throw Check.wrong("udp-probe.target-files", path, "paths that end in .yml, .yaml or .json");
			}
		});
		String wanted = client.target();
		if (wanted != null && !names.contains(wanted)) {
			checkAdHoc(wanted, names);
		}
	}

	private static void checkAdHoc(String wanted, Set<String> names) {
		try {
			HostAndPort.of(wanted);
		}
		catch (IllegalArgumentException _) {
			throw Check.wrong("udp-probe.client.target", wanted, Targets.takes(names));
		}
	}

	/**
	 * @return the addresses of all targets that are configured, the default one too
	 */
	List<HostAndPort> addresses() {
		String wanted = this.client.target();
		// A name of a target has no colon.
		Stream<HostAndPort> byDefault = (wanted != null && wanted.contains(":"))
				? Stream.of(HostAndPort.of(wanted))
				: Stream.empty();
		return Stream.concat(this.targets.stream().map(TargetProperties::where), byDefault).toList();
	}

	/**
	 * @return the hosts of these targets, and the names that may be sent to
	 */
	Set<String> hosts() {
		Set<String> hosts = addresses().stream().map(HostAndPort::host).collect(Collectors.toSet());
		for (TargetRule rule : this.client.rules()) {
			if (rule instanceof TargetRule.ByName byName) {
				hosts.add(byName.name());
			}
		}
		return hosts;
	}

}
