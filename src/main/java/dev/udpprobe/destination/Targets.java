package dev.udpprobe.destination;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import dev.udpprobe.net.AddressText;
import dev.udpprobe.net.HostAndPort;
import dev.udpprobe.net.IpVersion;

/**
 * The named targets, and what every measurement begins with: from the target that a request
 * names to an address that may be sent to. Safe for any number of threads, and blocks none
 * of them.
 */
public final class Targets {

	/**
	 * The name of the own echo server.
	 */
	public static final String ECHO = "echo";

	/** So many names a message gives. */
	private static final int NAMES = 20;

	private final @Nullable Target defaultTarget;

	private final List<Target> configured;

	private volatile Known known;

	private final Resolver resolver;

	private final Discretion discretion;

	private record Known(Map<String, Target> named, TargetPolicy policy) {

		private static Known of(List<Target> named, TargetPolicy policy) {
			Map<String, Target> byName = new LinkedHashMap<>();
			named.forEach((target) -> byName.put(target.name(), target));
			return new Known(byName, policy);
		}

	}

	/**
	 * @param named each with a name of its own
	 * @param defaultTarget what to send to where a request names no target: a name or
	 * host:port, or null
	 * @throws BadRequestException if the default target is neither
	 */
	public Targets(List<Target> named, @Nullable String defaultTarget, TargetPolicy policy, Resolver resolver) {
		this(named, defaultTarget, policy, resolver, Discretion.NONE);
	}

	/**
	 * @param discretion of whom ad-hoc targets are asked by
	 */
	public Targets(List<Target> named, @Nullable String defaultTarget, TargetPolicy policy, Resolver resolver,
			Discretion discretion) {
		this.known = Known.of(named, policy);
		this.configured = List.copyOf(named);
		this.resolver = resolver;
		this.discretion = discretion;
		this.defaultTarget = (defaultTarget != null) ? find(defaultTarget, 0, false) : null;
	}

	/**
	 * Takes other named targets, with those that it was made with. The default target stays.
	 * @param policy that judges all targets from now on
	 */
	public void replace(List<Target> named, TargetPolicy policy) {
		this.known = Known.of(named, policy);
	}

	/**
	 * @return the targets that it was made with, which stay as others come and go
	 */
	public List<Target> configured() {
		return this.configured;
	}

	/**
	 * @return the named targets, in the order in which they were given
	 */
	public List<Target> all() {
		return List.copyOf(this.known.named().values());
	}

	/**
	 * @return what is sent to where a request names no target
	 */
	public Optional<Target> defaultTarget() {
		return Optional.ofNullable(this.defaultTarget);
	}

	/**
	 * For the thread of whoever asks.
	 * @param target a configured name or host:port; null for the default target
	 * @param port of a target that has none; 0 if it has to have one
	 * @throws BadRequestException if the target is neither
	 */
	public Target target(@Nullable String target, int port) {
		if (target != null) {
			return find(target, port, this.discretion.applies());
		}
		if (this.defaultTarget == null) {
			throw wrong("there is no default target, so the request must name one: ");
		}
		return this.defaultTarget;
	}

	/**
	 * Resolves a target and judges its address.
	 * @param timeout how long to wait for name servers; positive
	 * @param version which of a name's addresses is taken
	 * @return complete already for an address literal and for a name whose answer is known.
	 * It fails with an {@link UnresolvedException} or a {@link ForbiddenTargetException}. What
	 * depends on it runs in the caller's thread, one of the resolver, that of whoever replaces the targets, or the JDK's for
	 * time-outs, so it must be quick.
	 */
	public CompletableFuture<Destination> destination(Target target, Duration timeout, IpVersion version) {
		TargetPolicy policy = this.known.policy();
		TargetPolicy.Bound bound = target.bound(policy);
		CompletableFuture<List<InetAddress>> addresses = (bound.literal() != null)
				? CompletableFuture.completedFuture(List.of(bound.literal()))
				: this.resolver.resolve(bound.target().host()).orTimeout(timeout.toNanos(), TimeUnit.NANOSECONDS);
		CompletableFuture<Destination> destination = addresses.handle((found, failure) -> {
			if (failure != null) {
				throw new CompletionException(unresolved(target, bound.target().host(), failure));
			}
			InetAddress address = version.choose(found)
					.orElseThrow(() -> new CompletionException(
							new UnresolvedException(target, "'%s' has no address of %s".formatted(bound.target().host(),
									(version == IpVersion.IPV4) ? "IPv4" : "IPv6"), false)));
			return judged(target, policy, bound, address);
		});
		return (target.isDiscreet() && !bound.byHost())
				? destination.exceptionallyCompose((failure) -> CompletableFuture.failedFuture(untold(failure, bound)))
				: destination;
	}

	/**
	 * The same whether the name has an address or not.
	 */
	private static Throwable untold(Throwable failure, TargetPolicy.Bound bound) {
		Throwable cause = (failure instanceof CompletionException && failure.getCause() != null)
				? failure.getCause()
				: failure;
		return (cause instanceof UnresolvedException || cause instanceof ForbiddenTargetException)
				? new ForbiddenTargetException("the policy allows no datagrams to " + bound.target())
				: cause;
	}

	private static Throwable unresolved(Target target, String host, Throwable failure) {
		return switch (failure) {
			case TimeoutException _ -> new UnresolvedException(target,
					"the name servers did not answer for '%s' in time".formatted(host), false);
			case UnknownHostException ex -> new UnresolvedException(target, String.valueOf(ex.getMessage()),
					ex instanceof NotLookedUpException);
			default -> failure;
		};
	}

	private static Destination judged(Target target, TargetPolicy policy, TargetPolicy.Bound bound,
			InetAddress address) {
		if (!bound.allows(address)) {
			throw new ForbiddenTargetException(
					"the policy allows no datagrams to %s (%s); %s".formatted(bound.target(), AddressText.of(address),
							address.isAnyLocalAddress()
									? "an unspecified address is none that udp-probe.client.allowed-targets can allow"
									: policy.howToAllow(bound.target())));
		}
		return new Destination(target, new InetSocketAddress(address, bound.target().port()));
	}

	private Target find(String text, int port, boolean discreet) {
		Target target = this.known.named().get(text);
		return (target != null) ? target : adHoc(text, port, discreet);
	}

	private Target adHoc(String text, int port, boolean discreet) {
		try {
			return Target.adHoc(HostAndPort.of(text, port), discreet);
		}
		catch (IllegalArgumentException ex) {
			throw wrong(ex.getMessage() + ". It takes ");
		}
	}

	/**
	 * Who must not know everything can ask for the list.
	 */
	private BadRequestException wrong(String reason) {
		return new BadRequestException("target",
				reason + takes(this.discretion.applies() ? List.of() : this.known.named().keySet()));
	}

	/**
	 * @return what a target may be, for messages: one of these names, of which it gives the
	 * first 20, or host:port
	 */
	public static String takes(Collection<String> names) {
		String some = names.stream().limit(NAMES).collect(Collectors.joining(", "))
				+ (names.size() > NAMES ? ", ..." : "");
		return (some.isEmpty() ? "" : "a configured name (%s) or ".formatted(some)) + HostAndPort.TAKES;
	}

}
