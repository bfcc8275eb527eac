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

		SendResult result(Exchange exchange) {
			return new SendResult(target(), this.timeout, exchange);
		}

	}

	/**
	 * A name is given as long to resolve as an answer is given to come. Does not block.
	 * @param target a configured name or host:port; null for the default target
	 * @param timeout how long to wait for an answer; null for the default
	 * @return fails with an {@link UnsentException} if the target's name has no address, and with
	 * a {@link ForbiddenTargetException} if the policy does not allow the target
	 * @throws BadRequestException at once, if the target is neither, or the time-out not positive
	 * or too long
	 */
	CompletableFuture<Addressed> address(@Nullable String target, @Nullable Duration timeout) {
		Duration chosen = choose(timeout);
		return this.targets.destination(target, chosen)
				.thenApply((destination) -> new Addressed(destination, chosen))
				.exceptionallyCompose((failure) -> CompletableFuture.failedFuture(unsent(failure, chosen)));
	}

	private static Throwable unsent(Throwable failure, Duration timeout) {
		Throwable cause = cause(failure);
		return (cause instanceof UnresolvedException unresolved)
				? new UnsentException(new SendResult(unresolved.target(), timeout,
						Exchange.unsent(null, new Outcome.Unresolved(String.valueOf(unresolved.getMessage())))))
				: cause;
	}

	private static Throwable cause(Throwable failure) {
		return Objects.requireNonNullElse(failure.getCause(), failure);
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
	 * Whether a target resolves within the default time-out, and may be sent to. Does not block.
	 */
	public CompletableFuture<Boolean> allows(Target target) {
		return this.targets.destination(target, this.defaultTimeout)
				.thenApply((_) -> true)
				.exceptionally((failure) -> switch (cause(failure)) {
					case UnresolvedException _,ForbiddenTargetException _ -> false;
					case Throwable other -> throw new CompletionException(other);
				});
	}

}
