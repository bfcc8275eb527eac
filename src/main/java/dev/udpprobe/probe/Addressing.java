package dev.udpprobe.probe;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import org.jspecify.annotations.Nullable;

import dev.udpprobe.destination.BadRequestException;
import dev.udpprobe.destination.Destination;
import dev.udpprobe.destination.ForbiddenTargetException;
import dev.udpprobe.destination.Target;
import dev.udpprobe.destination.Targets;
import dev.udpprobe.destination.UnresolvedException;
import dev.udpprobe.exchange.Exchange;
import dev.udpprobe.net.IpVersion;
import dev.udpprobe.outcome.Outcome;

/**
 * What every measurement begins with: where to send to, and for how long to wait. Safe for
 * any number of threads.
 */
public final class Addressing {

	private final Targets targets;

	private final Duration defaultTimeout;

	private final Duration maxTimeout;

	/**
	 * @param defaultTimeout how long an answer is waited for where a request does not say
	 * @param maxTimeout what a request may ask for
	 */
	public Addressing(Targets targets, Duration defaultTimeout, Duration maxTimeout) {
		this.targets = targets;
		this.defaultTimeout = defaultTimeout;
		this.maxTimeout = maxTimeout;
	}

	/**
	 * Where to send to, and how long to wait for each answer.
	 */
	record Addressed(Destination destination, Duration timeout) {

		Target target() {
			return this.destination.target();
		}

		InetSocketAddress address() {
			return this.destination.address();
		}

		byte[] payload(byte[] message) {
			return this.destination.payload(message);
		}

		byte[] shown(byte[] payload) {
			return this.destination.shown(payload);
		}

		/**
		 * @return the same for another time
		 */
		Addressed within(Duration time) {
			return new Addressed(this.destination, time);
		}

		SendResult result(Exchange exchange) {
			return result(exchange, null);
		}

		SendResult result(Exchange exchange, SendResult.@Nullable Judged judged) {
			return new SendResult(target(), this.timeout, exchange, judged);
		}

	}

	/**
	 * @return what is sent to where a request names no target: a configured name or host:port; null if there is none
	 */
	public @Nullable String defaultTarget() {
		return this.targets.defaultTarget().map(ResultText::name).orElse(null);
	}

	/**
	 * @param target a configured name or host:port; null for the default target
	 * @param port of a target that has none; 0 if it has to have one
	 * @throws BadRequestException if the target is neither
	 */
	Target target(@Nullable String target, int port) {
		return this.targets.target(target, port);
	}

	/**
	 * A name is given as long to resolve as an answer is given to come. Does not block.
	 * @param timeout how long to wait for an answer
	 * @param version which addresses of a name are taken
	 * @return fails with an {@link UnsentException} if the target's name has no address, and with
	 * a {@link ForbiddenTargetException} if the policy does not allow the target
	 */
	CompletableFuture<Addressed> address(Target target, Duration timeout, IpVersion version) {
		return this.targets.destination(target, timeout, version)
				.handle((destination, failure) -> {
					if (failure != null) {
						throw new CompletionException(unsent(failure, timeout));
					}
					return new Addressed(destination, timeout);
				});
	}

	private static Throwable unsent(Throwable failure, Duration timeout) {
		Throwable cause = cause(failure);
		return (cause instanceof UnresolvedException unresolved)
				? new UnsentException(new SendResult(unresolved.target(), timeout,
						Exchange.unsent(null,
								new Outcome.Unresolved(String.valueOf(unresolved.getMessage()),
										unresolved.shortage()))))
				: cause;
	}

	private static Throwable cause(Throwable failure) {
		return Objects.requireNonNullElse(failure.getCause(), failure);
	}

	/**
	 * @param wanted by the request; null if it does not say
	 * @param byModule what the module needs; null if it does not say
	 * @throws BadRequestException if the time-out is not positive or too long
	 */
	Duration timeout(@Nullable Duration wanted, @Nullable Duration byModule) {
		Duration timeout = (wanted != null) ? wanted : (byModule != null) ? byModule : this.defaultTimeout;
		if (!timeout.isPositive() || timeout.compareTo(this.maxTimeout) > 0) {
			throw new BadRequestException("timeout", "%s is outside the range: more than 0 and at most %d ms"
					.formatted(timeout, this.maxTimeout.toMillis()));
		}
		return timeout;
	}

	/**
	 * Whether a target resolves within the default time-out, and may be sent to. Does not block.
	 */
	public CompletableFuture<Boolean> allows(Target target) {
		return this.targets.destination(target, this.defaultTimeout, IpVersion.ANY)
				.thenApply((_) -> true)
				.exceptionally((failure) -> switch (cause(failure)) {
					case UnresolvedException _,ForbiddenTargetException _ -> false;
					case Throwable other -> throw new CompletionException(other);
				});
	}

}
