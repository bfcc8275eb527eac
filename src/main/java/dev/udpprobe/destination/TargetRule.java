package dev.udpprobe.destination;

import java.net.InetAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import dev.udpprobe.net.AddressRange;
import dev.udpprobe.net.Addresses;
import dev.udpprobe.net.HostAndPort;
import dev.udpprobe.net.PortRange;

/**
 * One entry of the list of allowed targets.
 */
public sealed interface TargetRule {

	/**
	 * What {@link #of(String)} takes, for messages.
	 */
	String TAKES = "CIDR, CIDR:port, host:port or host:from-to (IPv6 before a port in brackets)";

	/**
	 * Allows by address, whatever name led to it.
	 */
	record ByAddress(AddressRange addresses, PortRange ports) implements TargetRule {}

	/**
	 * Allows by name, whatever it resolves to: whoever wrote the rule trusts the name.
	 *
	 * @param name in upper or lower case
	 */
	record ByName(String name, PortRange ports) implements TargetRule {}

	/**
	 * Allows one target, as it is written.
	 */
	static TargetRule of(HostAndPort target) {
		return of(target.host(), null, PortRange.of(target.port()));
	}

	/**
	 * Allows one address on every port.
	 */
	static TargetRule of(InetAddress address) {
		return new ByAddress(AddressRange.of(address), PortRange.ALL);
	}

	/**
	 * @throws IllegalArgumentException with a sentence that says what is wrong
	 */
	static TargetRule of(String text) {
		Matcher matcher = Syntax.match(text);
		String bits = matcher.group("bits");
		String first = matcher.group("first");
		if (bits == null && first == null) {
			throw new IllegalArgumentException(
					"'%s' has no port and no prefix length; it takes %s".formatted(text, TAKES));
		}
		PortRange ports = PortRange.ALL;
		if (first != null && !first.isEmpty()) {
			String last = matcher.group("last");
			ports = new PortRange(Integer.parseInt(first), Integer.parseInt((last != null) ? last : first));
		}
		return of(matcher.group("host"), (bits != null) ? Integer.valueOf(bits) : null, ports);
	}

	private static TargetRule of(String host, @Nullable Integer bits, PortRange ports) {
		InetAddress address = Addresses.literal(host).orElse(null);
		if (address != null) {
			return new ByAddress((bits != null) ? AddressRange.of(address, bits) : AddressRange.of(address), ports);
		}
		if (bits != null) {
			throw new IllegalArgumentException("'%s' is not an IP address".formatted(host));
		}
		return new ByName(new HostAndPort(host, ports.first()).host(), ports);
	}

	/**
	 * The grammar. An IPv6 address stands in brackets where a port follows.
	 */
	final class Syntax {

		private static final String PORTS = ":(?<first>\\d{1,5})(?:-(?<last>\\d{1,5}))?";

		private static final String V6 = "[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*";

		private static final Pattern BRACKETED = Pattern
				.compile("\\[(?<host>%s)(?:/(?<bits>\\d{1,3}))?](?:%s)?".formatted(V6, PORTS));

		private static final Pattern BARE_V6 = Pattern
				.compile("(?<host>%s)/(?<bits>\\d{1,3})(?<first>)(?<last>)".formatted(V6));

		private static final Pattern OTHER = Pattern
				.compile("(?<host>[^:/\\[\\]]+)(?:/(?<bits>\\d{1,3}))?(?:%s)?".formatted(PORTS));

		private static Matcher match(String text) {
			return Stream.of(BRACKETED, BARE_V6, OTHER)
					.map((pattern) -> pattern.matcher(text))
					.filter(Matcher::matches)
					.findFirst()
					.orElseThrow(() -> new IllegalArgumentException("'%s' is not %s".formatted(text, TAKES)));
		}

		private Syntax() {}

	}

}
