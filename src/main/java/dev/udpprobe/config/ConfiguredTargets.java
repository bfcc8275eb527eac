package dev.udpprobe.config;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

import dev.udpprobe.destination.Target;
import dev.udpprobe.destination.TargetPolicy;
import dev.udpprobe.monitor.TargetSpec;
import dev.udpprobe.net.HostAndPort;

/**
 * The targets that stay: the own echo server, if there is one, and those of the configuration. They may be joined by others.
 *
 * @param specs the own echo server first
 * @param addresses that may be sent to where no rules are configured
 * @param hosts whose names are looked up for the configuration
 * @param policies makes the policy for addresses that may be sent to where no rules are configured
 */
record ConfiguredTargets(List<TargetSpec> specs, List<HostAndPort> addresses, Set<String> hosts,
		Function<List<HostAndPort>, TargetPolicy> policies) {

	List<Target> targets() {
		return this.specs.stream().map(TargetSpec::target).toList();
	}

	/**
	 * @param others of files
	 */
	TargetPolicy policy(List<HostAndPort> others) {
		return this.policies.apply(Stream.concat(this.addresses.stream(), others.stream()).toList());
	}

	/**
	 * @param others of files
	 */
	Set<String> hosts(List<HostAndPort> others) {
		Set<String> hosts = new LinkedHashSet<>(this.hosts);
		others.forEach((address) -> hosts.add(address.host()));
		return hosts;
	}

}
