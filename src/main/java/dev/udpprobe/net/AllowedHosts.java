package dev.udpprobe.net;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * The hosts under which a service may be asked: IP addresses, names that nobody on the
 * Internet can have point to an address of his choice, and names that are configured. For
 * any thread.
 */
public final class AllowedHosts {

	/** RFC 6761 6.3; the names of Services and of what else is in a Kubernetes cluster. */
	private static final List<HostRule> PRIVATE = Stream.of("localhost", "*.localhost", "*.svc", "*.cluster.local")
			.map(HostRule::of)
			.toList();

	private static final Pattern HOST = Pattern
			.compile("(?:\\[(?<v6>[0-9A-Fa-f:.]+)]|(?<name>[\\w.-]+?)\\.?)(?::\\d*)?");

	private final List<HostRule> rules;

	public AllowedHosts(List<HostRule> configured) {
		this.rules = Stream.concat(PRIVATE.stream(), configured.stream()).toList();
	}

	/**
	 * @param host as in HTTP's header Host (RFC 9110 7.2), with or without a port, which does
	 * not count
	 */
	public boolean allows(@Nullable String host) {
		Matcher matcher = HOST.matcher((host != null) ? host : "");
		if (!matcher.matches()) {
			return false;
		}
		if (matcher.group("v6") != null) {
			return Addresses.literal(matcher.group("v6")).isPresent();
		}
		String name = matcher.group("name").toLowerCase(Locale.ROOT);
		return !name.contains(".") || Addresses.literal(name).isPresent()
				|| this.rules.stream().anyMatch((rule) -> rule.matches(name));
	}

}
