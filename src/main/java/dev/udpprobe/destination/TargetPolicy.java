package dev.udpprobe.destination;

import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;

import dev.udpprobe.net.HostAndPort;

/**
 * Which targets may be sent to: those that any of its rules allows. It judges the address
 * that the datagram would go to, so a name cannot lead around it.
 */
public final class TargetPolicy {

	private static final List<TargetRule> LOOPBACK = Stream.of("127.0.0.0/8", "::1/128").map(TargetRule::of)
			.toList();

	private final List<TargetRule> rules;

	public TargetPolicy(List<TargetRule> rules) {
		this.rules = List.copyOf(rules);
	}

	/**
	 * The policy where none is configured: loopback, these addresses and these targets.
	 * @param own addresses of this host
	 */
	public static TargetPolicy byDefault(List<InetAddress> own, List<HostAndPort> targets) {
		Stream<TargetRule> named = targets.stream().map(TargetRule::of);
		return new TargetPolicy(
				Stream.of(LOOPBACK.stream(), own.stream().map(TargetRule::of), named).flatMap((rules) -> rules)
						.toList());
	}

	/**
	 * Whether a datagram may go to this address. The unspecified address never is a
	 * target: the kernel takes it for the local host ({@code ip(7)}), whose address would
	 * then be another than the one that was judged.
	 */
	public boolean allows(String host, InetAddress address, int port) {
		return !address.isAnyLocalAddress() && this.rules.stream().anyMatch((rule) -> rule.allows(host, address, port));
	}

}
