package dev.udpprobe.access;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.udpprobe.net.AddressRange;
import dev.udpprobe.net.Addresses;

/**
 * Which proxies are believed when they say for whom they ask, by {@code X-Forwarded-For} or {@code Forwarded} (RFC 7239). Safe for any
 * number of threads.
 */
public final class TrustedProxies {

	private static final String HTTPS = "https";

	/** An element's parameter, and its value, which is quoted where it has a colon. */
	private static final Pattern PARAMETER = Pattern.compile(
			"(?:^|;)\\s*(for|proto)\\s*=\\s*\"?([^\";]*)\"?\\s*(?=;|$)",
			Pattern.CASE_INSENSITIVE);

	/** An address, which has a port behind it in some proxies; that of IPv6 has brackets then. */
	private static final Pattern NODE = Pattern.compile("\\[([^\\]]*)](?::\\d+)?|([0-9.]+)(?::\\d+)?|([0-9A-Fa-f:.]+)");

	private final List<AddressRange> ranges;

	/**
	 * What a request says in its headers, each the values of one, in order.
	 *
	 * @param forwardedFor of X-Forwarded-For
	 * @param forwardedProto of X-Forwarded-Proto
	 * @param forwarded of Forwarded
	 */
	public record Said(List<String> forwardedFor, List<String> forwardedProto, List<String> forwarded) {}

	public TrustedProxies(List<AddressRange> ranges) {
		this.ranges = List.copyOf(ranges);
	}

	/**
	 * Goes back from the peer to the last address that is no trusted proxy's, or that nobody can read. Whoever is first in the row may
	 * have written anything in front of it. A proxy sets one of the headers and may pass on the other one as it came, so if they
	 * disagree, neither is believed.
	 * @return the peer itself if it is not trusted
	 */
	public InetAddress client(InetAddress peer, Said said) {
		if (!trusts(peer)) {
			return peer;
		}
		List<String> byFor = elements(said.forwardedFor());
		List<String> byForwarded = elements(said.forwarded()).stream().map((each) -> parameter(each, "for")).toList();
		InetAddress client = client(peer, byFor);
		InetAddress other = client(peer, byForwarded);
		if (byFor.isEmpty() || byForwarded.isEmpty()) {
			return byFor.isEmpty() ? other : client;
		}
		return client.equals(other) ? client : peer;
	}

	private InetAddress client(InetAddress peer, List<String> nodes) {
		InetAddress client = peer;
		for (String node : nodes.reversed()) {
			Optional<InetAddress> next = address(node);
			if (next.isEmpty() || !trusts(client)) {
				break;
			}
			client = next.get();
		}
		return client;
	}

	/**
	 * @return whether the proxy says that it was asked by HTTPS
	 */
	public boolean isSecure(InetAddress peer, Said said) {
		List<String> forwarded = elements(said.forwarded());
		List<String> proto = forwarded.isEmpty()
				? elements(said.forwardedProto())
				: List.of(parameter(forwarded.getLast(), "proto"));
		return trusts(peer) && !proto.isEmpty() && proto.getLast().equalsIgnoreCase(HTTPS);
	}

	private boolean trusts(InetAddress address) {
		InetAddress normalized = Addresses.normalized(address);
		return this.ranges.stream().anyMatch((range) -> range.contains(normalized));
	}

	private static List<String> elements(List<String> values) {
		List<String> elements = new ArrayList<>();
		for (String value : values) {
			for (int start = 0, end; start <= value.length(); start = end + 1) {
				int comma = value.indexOf(',', start);
				end = (comma >= 0) ? comma : value.length();
				elements.add(value.substring(start, end).strip());
			}
		}
		return elements;
	}

	private static String parameter(String element, String name) {
		Matcher matcher = PARAMETER.matcher(element);
		while (matcher.find()) {
			if (matcher.group(1).equalsIgnoreCase(name)) {
				return matcher.group(2);
			}
		}
		return "";
	}

	private static Optional<InetAddress> address(String node) {
		Matcher matcher = NODE.matcher(node);
		if (!matcher.matches()) {
			return Optional.empty();
		}
		for (int group = 1; group <= matcher.groupCount(); group++) {
			if (matcher.group(group) != null) {
				return Addresses.literal(matcher.group(group));
			}
		}
		return Optional.empty();
	}

}
