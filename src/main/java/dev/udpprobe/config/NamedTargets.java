package dev.udpprobe.config;

import java.util.List;
import java.util.stream.Stream;

import dev.udpprobe.destination.Resolver;
import dev.udpprobe.destination.Target;
import dev.udpprobe.destination.Targets;
import dev.udpprobe.monitor.Monitor;
import dev.udpprobe.monitor.TargetSpec;
import dev.udpprobe.net.HostAndPort;

/**
 * Tells all who hold named targets of those that there are.
 */
final class NamedTargets {

	private final ConfiguredTargets configured;

	private final Targets targets;

	private final Resolver resolver;

	private final Monitor monitor;

	/** Of the files' targets that there were last. */
	private List<HostAndPort> addresses = List.of();

	NamedTargets(ConfiguredTargets configured, Targets targets, Resolver resolver, Monitor monitor) {
		this.configured = configured;
		this.targets = targets;
		this.resolver = resolver;
		this.monitor = monitor;
	}

	/**
	 * @param ofFiles each with a name of its own, which no configured one has
	 */
	void replace(List<TargetSpec> ofFiles) {
		List<TargetSpec> all = Stream.concat(this.configured.specs().stream(), ofFiles.stream()).toList();
		List<Target> named = all.stream().map(TargetSpec::target).toList();
		List<HostAndPort> addresses = ofFiles.stream().map((spec) -> spec.target().address()).toList();
		// While the monitor yet has those that leave, they may be sent to.
		this.targets.replace(named, this.configured.policy(
				Stream.concat(addresses.stream(), this.addresses.stream()).toList()));
		this.resolver.configure(this.configured.hosts(addresses));
		this.monitor.replace(all);
		this.targets.replace(named, this.configured.policy(addresses));
		this.addresses = addresses;
	}

}
