package dev.udpprobe.config;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;

import dev.udpprobe.destination.Target;
import dev.udpprobe.destination.Targets;
import dev.udpprobe.net.HostAndPort;

/**
 * All of the configuration. A value or a key that is not taken stops the start.
 *
 * @param targets Targets with names, each with a name and an address.
 */
@ConfigurationProperties(prefix = "udp-probe", ignoreUnknownFields = false)
record UdpProbeProperties(@NestedConfigurationProperty @DefaultValue EchoProperties echo,
		@NestedConfigurationProperty @DefaultValue ClientProperties client,
		@DefaultValue List<TargetProperties> targets) {

	UdpProbeProperties {
		Set<String> names = new HashSet<>();
		for (TargetProperties target : targets) {
			if (!names.add(target.name())) {
				throw Check.wrong("udp-probe.targets[].name", target.name(), "a name that no other target has");
			}
		}
		if (echo.enabled()) {
			names.add(Targets.ECHO);
		}
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
			throw Check.wrong("udp-probe.client.target", wanted,
					(names.isEmpty() ? "" : "a configured name (%s) or ".formatted(String.join(", ", names)))
							+ HostAndPort.TAKES);
		}
	}

	List<Target> namedTargets() {
		return this.targets.stream().map(TargetProperties::target).toList();
	}

}
