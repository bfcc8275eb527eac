package dev.udpprobe.destination;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import dev.udpprobe.net.AddressRange;
import dev.udpprobe.net.AddressText;
import dev.udpprobe.net.Addresses;
import dev.udpprobe.net.HostAndPort;
import dev.udpprobe.net.PortRange;

/**
 * Which targets may be sent to: those that any of its rules allows, and the own echo server. It judges the address
 * that the datagram would go to, so a name cannot lead around it. A rule of one name or of
 * one address is found in a table, however many others there are. Safe for any number of
 * threads.
 */
public final class TargetPolicy {

	private static final List<String> LOOPBACK = List.of("127.0.0.0/8", "::1/128");

	/** So many entries a message gives. */
	private static final int ENTRIES = 10;

	private static final String OPTION = "udp-probe.client.allowed-targets";

	/** The ports of each name, in lower case. */
	private final Map<String, List<PortRange>> names = new HashMap<>();

	/** The ports of each block of one address. */
	private final Map<AddressRange, List<PortRange>> addresses = new HashMap<>();

	private final List<TargetRule.ByAddress> blocks = new ArrayList<>();

	private final Predicate<InetSocketAddress> own;

	/** What the list has to begin with that takes the place of this policy; null for one that is configured. */
	private final @Nullable List<String> defaults;

	/**
	 * @param own whether the own echo server is there, which no rules forbid; asked anew each time, because its port may be known
	 * only later
	 */
	public TargetPolicy(List<TargetRule> rules, Predicate<InetSocketAddress> own) {
		this(rules, own, null);
	}

	private TargetPolicy(List<TargetRule> rules, Predicate<InetSocketAddress> own, @Nullable List<String> defaults) {
		this.own = own;
		this.defaults = defaults;
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
	 * @param addresses of this host
	 * @param own whether the own echo server is there, which is always allowed
	 */
	public static TargetPolicy byDefault(List<InetAddress> addresses, List<HostAndPort> targets,
			Predicate<InetSocketAddress> own) {
		List<InetAddress> named = addresses.stream().filter((address) -> !address.isAnyLocalAddress()).toList();
		List<TargetRule> rules = Stream.of(LOOPBACK.stream().map(TargetRule::of), named.stream().map(TargetRule::of),
				targets.stream().map(TargetRule::of)).flatMap((some) -> some).toList();
		List<String> texts = Stream.of(LOOPBACK.stream(), named.stream().map(TargetPolicy::block),
				targets.stream().map(HostAndPort::toString).map(TargetPolicy::withoutZone)).flatMap((some) -> some)
				.limit(ENTRIES + 1).toList();
		return new TargetPolicy(rules, own, texts);
	}

	private static String block(InetAddress address) {
		return withoutZone(AddressText.of(address)) + "/" + Byte.SIZE * address.getAddress().length;
	}

	/**
	 * Rules know no zones.
	 */
	private static String withoutZone(String text) {
		return text.replaceFirst("%[^\\]/]*", "");
	}

	/**
	 * @return a clause that says how to allow a target, as an option where that is short enough
	 */
	String howToAllow(HostAndPort forbidden) {
		String target = withoutZone(forbidden.toString());
		if (this.defaults == null) {
			return "to allow them, add %s to %s".formatted(target, OPTION);
		}
		if (this.defaults.size() > ENTRIES) {
			return "to allow them, list %s in %s, beside all else that is to be allowed".formatted(target, OPTION);
		}
		return "to allow them, start the service with --%s=%s,%s".formatted(OPTION, String.join(",", this.defaults),
				target);
	}

	/**
	 * Decides what can be decided before the address is known.
	 */
	Bound bind(HostAndPort target) {
		InetAddress literal = Addresses.literal(target.host()).orElse(null);
		if (literal != null) {
			boolean allowed = new Bound(target, literal, false, blocksOn(target.port()), this.addresses, this.own)
					.allows(literal);
			return new Bound(target, literal, allowed, List.of(), Map.of(), (_) -> false);
		}
		return new Bound(target, null, contains(this.names.get(lowerCase(target.host())), target.port()),
				blocksOn(target.port()), this.addresses, this.own);
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
	 * @param own whether the own echo server is at an address
	 */
	record Bound(HostAndPort target, @Nullable InetAddress literal, boolean byHost, List<TargetRule.ByAddress> blocks,
			Map<AddressRange, List<PortRange>> addresses, Predicate<InetSocketAddress> own) {

		/**
		 * Whether a datagram may go to this address. The unspecified address never is a
		 * target: the kernel takes it for the local host ({@code ip(7)}), whose address would
		 * then be another than the one that was judged.
		 */
		boolean allows(InetAddress address) {
			return !address.isAnyLocalAddress() && (this.byHost
					|| contains(this.addresses.get(AddressRange.of(address)), this.target.port())
					|| this.blocks.stream().anyMatch((block) -> block.addresses().contains(address))
					|| this.own.test(new InetSocketAddress(address, this.target.port())));
		}

	}

}
