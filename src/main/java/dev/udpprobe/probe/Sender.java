package dev.udpprobe.probe;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

import dev.udpprobe.destination.BadRequestException;
import dev.udpprobe.exchange.ExchangeEngine;
import dev.udpprobe.exchange.ExchangeOptions;

/**
 * One exchange with a target, by name. Safe for any number of threads.
 */
public final class Sender {

	/**
	 * What to send, and how.
	 *
	 * @param payload the datagram's bytes; where the target has a key, it is signed too
	 * @param target a configured name or host:port; null for the default target
	 * @param timeout how long to wait for the answer; null for the default
	 */
	@SuppressWarnings("ArrayRecordComponent")
	public record Request(byte[] payload, @Nullable String target, @Nullable Duration timeout,
			ExchangeOptions options) {}

	private final Addressing addressing;

	private final ExchangeEngine engine;

	private final ExchangeListener listener;

	public Sender(Addressing addressing, ExchangeEngine engine, ExchangeListener listener) {
		this.addressing = addressing;
		this.engine = engine;
		this.listener = listener;
	}

	/**
	 * Sends one datagram. A name is given as long to resolve as the answer is given to come.
	 * @return what came of it. It fails with a
	 * {@link dev.udpprobe.destination.ForbiddenTargetException} if the policy does not allow the
	 * target, a {@link dev.udpprobe.exchange.NoDetailException} if an option needs detail of the
	 * kernel that is not available, a
	 * {@link dev.udpprobe.exchange.SaturatedException} if too many exchanges are in flight, or a
	 * {@link dev.udpprobe.exchange.LocalPortException} if the local port cannot be used. What
	 * depends on it runs in the caller's thread, one of the resolver, of the engine, or the JDK's
	 * for time-outs, so it must be quick.
	 * @throws BadRequestException at once, if a field has a value that is not taken
	 */
	public CompletableFuture<SendResult> send(Request request) {
		return this.addressing.address(request.target(), request.timeout())
				.thenCompose((to) -> this.engine
						.exchange(to.address(), to.payload(request.payload()), to.timeout(), request.options())
						.thenApply(to::result))
				.exceptionallyCompose(Sender::unsent)
				.thenApply(this::told);
	}

	private static CompletableFuture<SendResult> unsent(Throwable failure) {
		return (failure.getCause() instanceof UnsentException unsent)
				? CompletableFuture.completedFuture(unsent.result())
				: CompletableFuture.failedFuture(failure);
	}

	private SendResult told(SendResult result) {
		this.listener.exchanged(result);
		return result;
	}

	/**
	 * Checks what can be known of a request before it is sent, and throws what {@link #send}
	 * would fail with. It waits for the target's name, for the request's time-out at most.
	 */
	public void check(Request request) throws InterruptedException {
		try {
			Await.result(this.addressing.address(request.target(), request.timeout()));
		}
		catch (UnsentException _) {
			// An outcome, not an error: the name may have an address by the time of sending.
		}
		this.engine.check(request.options());
	}

}
