package dev.udpprobe.destination;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import dev.udpprobe.net.AddressRange;
import dev.udpprobe.net.Addresses;
import dev.udpprobe.net.HostAndPort;
import dev.udpprobe.net.PortRange;

/**
 * Which targets may be sent to: those that any of its rules allows. It judges the address
 * that the datagram would go to, so a name cannot lead around it. A rule of one name or of
 * one address is found in a table, however many others there are. Safe for any number of
 * threads.
 */
public final class TargetPolicy {

	private static final List<TargetRule> LOOPBACK = Stream.of("127.0.0.0/8", "::1/128").map(TargetRule::of)
			.toList();

	/** The ports of each name, in lower case. */
	private final Map<String, List<PortRange>> names = new HashMap<>();

	/** The ports of each block of one address. */
	private final Map<AddressRange, List<PortRange>> addresses = new HashMap<>();

	private final List<TargetRule.ByAddress> blocks = new ArrayList<>();

	public TargetPolicy(List<TargetRule> rules) {
		for (TargetRule rule : rules) {
			switch (rule) {
				case TargetRule.ByName(String name, PortRange ports) -> add(this.names, lowerCase(name), ports);
				case TargetRule.ByAddress(AddressRange block, PortRange ports) when block.isOneAddress() ->
					add(this.addresses, block, ports);
				case TargetRule.ByAddress block -> this.blocks.add(block);
			}
		}
	}

	private static <K> void add(Map<K, List<PortRange>> rules, K key, PortRange ports) {
		rules.computeIfAbsent(key, (_) -> new ArrayList<>()).add(ports);
	}

	private static String lowerCase(String name) {
		return name.toLowerCase(Locale.ROOT);
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
	 * Decides what can be decided before the address is known.
	 */
	Bound bind(HostAndPort target) {
		InetAddress literal = Addresses.literal(target.host()).orElse(null);
		if (literal != null) {
			boolean allowed = new Bound(target, literal, false, blocksOn(target.port()), this.addresses)
					.allows(literal);
			return new Bound(target, literal, allowed, List.of(), Map.of());
		}
		return new Bound(target, null, contains(this.names.get(lowerCase(target.host())), target.port()),
				blocksOn(target.port()), this.addresses);
	}

	/**
	 * Most often all are, and then no target needs a list of its own.
	 */
	private List<TargetRule.ByAddress> blocksOn(int port) {
		List<TargetRule.ByAddress> those = this.blocks.stream().filter((block) -> block.ports().contains(port))
				.toList();
		return (those.size() == this.blocks.size()) ? this.blocks : those;
	}

	private static boolean contains(@Nullable List<PortRange> ports, int port) {
		return ports != null && ports.stream().anyMatch((range) -> range.contains(port));
	}

	/**
	 * What is known of a host and a port before the host is resolved.
	 *
	 * @param literal the host's address if that is what it is; it is judged already
	 * @param byHost whether the host is allowed: a name, whatever it resolves to; a literal
	 * itself
	 * @param blocks those that are allowed on the port
	 * @param addresses the ports of each single address
	 */
	record Bound(HostAndPort target, @Nullable InetAddress literal, boolean byHost, List<TargetRule.ByAddress> blocks,
			Map<AddressRange, List<PortRange>> addresses) {

		/**
		 * Whether a datagram may go to this address. The unspecified address never is a
		 * target: the kernel takes it for the local host ({@code ip(7)}), whose address would
		 * then be another than the one that was judged.
		 */
		boolean allows(InetAddress address) {
			return !address.isAnyLocalAddress() && (this.byHost
					|| contains(this.addresses.get(AddressRange.of(address)), this.target.port())
					|| this.blocks.stream().anyMatch((block) -> block.addresses().contains(address)));
		}

	}

}
