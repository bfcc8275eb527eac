package dev.udpprobe.probe;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;

import org.jspecify.annotations.Nullable;

import dev.udpprobe.auth.Signer;
import dev.udpprobe.destination.BadRequestException;
import dev.udpprobe.destination.ForbiddenTargetException;
import dev.udpprobe.destination.Resolver;
import dev.udpprobe.destination.Target;
import dev.udpprobe.destination.TargetPolicy;
import dev.udpprobe.destination.Targets;
import dev.udpprobe.destination.UnresolvedException;
import dev.udpprobe.exchange.Exchange;
import dev.udpprobe.net.AddressText;
import dev.udpprobe.outcome.Outcome;

/**
 * What every measurement begins with: from the target that a request names to an address
 * that may be sent to. Safe for any number of threads.
 */
public final class Addressing {

	private final Targets targets;

	private final TargetPolicy policy;

	private final Resolver resolver;

	private final Duration defaultTimeout;

	private final Duration maxTimeout;

	/**
	 * @param defaultTimeout how long an answer is waited for where a request does not say
	 * @param maxTimeout what a request may ask for
	 */
	public Addressing(Targets targets, TargetPolicy policy, Resolver resolver, Duration defaultTimeout,
			Duration maxTimeout) {
		this.targets = targets;
		this.policy = policy;
		this.resolver = resolver;
		this.defaultTimeout = defaultTimeout;
		this.maxTimeout = maxTimeout;
	}

	/**
	 * Where to send to, and how long to wait for each answer.
	 *
	 * @param address the very one that the policy judged
	 */
	record Addressed(Target target, InetSocketAddress address, Duration timeout) {

		/**
		 * @return the datagram's payload: the message, signed where somebody signs
		 */
		byte[] payload(byte[] message) {
			Signer signer = this.target.signer();
			return (signer != null) ? signer.signed(message) : message;
		}

		SendResult result(Exchange exchange) {
			return new SendResult(this.target, this.timeout, exchange);
		}

	}

	/**
	 * A name is given as long to resolve as an answer is given to come.
	 * @param target a configured name or host:port; null for the default target
	 * @param timeout how long to wait for an answer; null for the default
	 * @throws UnsentException if the target's name has no address
	 * @throws BadRequestException if the time-out is not positive or too long
	 * @throws ForbiddenTargetException if the policy does not allow the target
	 */
	Addressed address(@Nullable String target, @Nullable Duration timeout)
			throws UnsentException, InterruptedException {
		Target found = this.targets.find(target);
		Duration chosen = choose(timeout);
		try {
			return new Addressed(found, resolve(found, chosen), chosen);
		}
		catch (UnresolvedException ex) {
			Outcome outcome = new Outcome.Unresolved(ex.reason());
			throw new UnsentException(new SendResult(found, chosen, Exchange.unsent(null, outcome)));
		}
	}

	private InetSocketAddress resolve(Target target, Duration timeout)
			throws UnresolvedException, InterruptedException {
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

	private Duration choose(@Nullable Duration wanted) {
		Duration timeout = (wanted != null) ? wanted : this.defaultTimeout;
		if (!timeout.isPositive() || timeout.compareTo(this.maxTimeout) > 0) {
			throw new BadRequestException("timeout", "%s is outside the range: more than 0 and at most %d ms"
					.formatted(timeout, this.maxTimeout.toMillis()));
		}
		return timeout;
	}

	/**
	 * Whether a target resolves, and may be sent to.
	 */
	public boolean allows(Target target) throws InterruptedException {
		try {
			resolve(target, this.defaultTimeout);
			return true;
		}
		catch (UnresolvedException | ForbiddenTargetException _) {
			return false;
		}
	}

}
