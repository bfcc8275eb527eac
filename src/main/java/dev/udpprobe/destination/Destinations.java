package dev.udpprobe.destination;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.udpprobe.auth.Signer;
import dev.udpprobe.net.AddressText;

/**
 * Finds where a request's datagrams go. The address that the policy judged is the very one
 * that is sent to.
 */
public final class Destinations {

	private final Targets targets;

	private final TargetPolicy policy;

	private final Resolver resolver;

	private final Map<String, Signer> signers;

	/**
	 * @param signers who signs what is sent to a target, by its name
	 */
	public Destinations(Targets targets, TargetPolicy policy, Resolver resolver, Map<String, Signer> signers) {
		this.targets = targets;
		this.policy = policy;
		this.resolver = resolver;
		this.signers = Map.copyOf(signers);
	}

	/**
	 * @param text a configured name or host:port; null for the default target
	 * @throws BadRequestException if it is neither
	 */
	public Target find(@Nullable String text) {
		return this.targets.find(text);
	}

	/**
	 * @return who signs what is sent to the target, or null; one without a configured name has
	 * none, whatever its address
	 */
	public @Nullable Signer signer(Target target) {
		return this.signers.get(target.name());
	}

	/**
	 * @param timeout how long to wait for the name servers
	 * @throws ForbiddenTargetException if the policy does not allow the address
	 */
	public InetSocketAddress resolve(Target target, Duration timeout) throws UnresolvedException, InterruptedException {
		String host = target.address().host();
		int port = target.address().port();
		InetAddress address = this.resolver.resolve(host, timeout);
		if (!this.policy.allows(host, address, port)) {
			throw new ForbiddenTargetException(
					"the policy allows no datagrams to %s (%s); see udp-probe.client.allowed-targets"
							.formatted(target.address(), AddressText.of(address)));
		}
		return new InetSocketAddress(address, port);
	}

}
