package dev.udpprobe.destination;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * Resolvers of name servers that a test makes up.
 */
public final class Resolvers {

	private Resolvers() {}

	/**
	 * What name servers say.
	 */
	@FunctionalInterface
	public interface NameServers {

		List<InetAddress> lookUp(String name) throws UnknownHostException;

	}

	/**
	 * @return one that keeps an address for so long, and asks again at once for a name without one
	 */
	public static Resolver of(Set<String> configured, Duration ttl, NameServers servers) {
		return new Resolver(configured, ttl, Duration.ZERO, servers::lookUp);
	}

}
