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
	 * @return whether the proxy says that it was asked by HTTPS, by each of the headers that there are
	 */
	public boolean isSecure(InetAddress peer, Said said) {
		if (!trusts(peer)) {
			return false;
		}
		List<String> schemes = new ArrayList<>();
		if (!said.forwardedProto().isEmpty()) {
			schemes.add(elements(said.forwardedProto()).getLast());
		}
		if (!said.forwarded().isEmpty()) {
			schemes.add(parameter(elements(said.forwarded()).getLast(), "proto"));
		}
		return !schemes.isEmpty() && schemes.stream().allMatch(HTTPS::equalsIgnoreCase);
	}

	private boolean trusts(InetAddress address) {
		InetAddress normalized = Addresses.normalized(address);
		return this.ranges.stream().anyMatch((range) -> range.contains(normalized));
	}

	private static List<String> elements(List<String> values) {
		return values.stream().flatMap((value) -> split(value, ',').stream()).toList();
	}

	private static List<String> split(String text, char separator) {
		List<String> parts = new ArrayList<>();
		for (int start = 0, end; start <= text.length(); start = end + 1) {
			int next = text.indexOf(separator, start);
			end = (next >= 0) ? next : text.length();
			parts.add(text.substring(start, end).strip());
		}
		return parts;
	}

	/**
	 * @return its value, without quotes; empty if it is not there
	 */
	private static String parameter(String element, String name) {
		for (String pair : split(element, ';')) {
			int equals = pair.indexOf('=');
			if (equals >= 0 && pair.substring(0, equals).strip().equalsIgnoreCase(name)) {
				String value = pair.substring(equals + 1).strip();
				boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
				return quoted ? value.substring(1, value.length() - 1) : value;
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
