package dev.udpprobe.probe;

import java.time.Duration;

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
	 * Sends one datagram and waits for what comes of it. A name is given as long to resolve
	 * as the answer is given to come.
	 * @throws BadRequestException if a field has a value that is not taken
	 * @throws dev.udpprobe.destination.ForbiddenTargetException if the policy does not allow
	 * the target
	 * @throws dev.udpprobe.exchange.NoDetailException if an option needs detail of the kernel
	 * that is not available
	 * @throws dev.udpprobe.exchange.SaturatedException if too many exchanges are in flight
	 */
	public SendResult send(Request request) throws InterruptedException {
		SendResult result = exchange(request);
		this.listener.exchanged(result);
		return result;
	}

	private SendResult exchange(Request request) throws InterruptedException {
		try {
			Addressing.Addressed to = this.addressing.address(request.target(), request.timeout());
			return to.result(this.engine.exchange(to.address(), to.payload(request.payload()), to.timeout(),
					request.options()));
		}
		catch (UnsentException ex) {
			return ex.result();
		}
	}

	/**
	 * Checks what can be known of a request before it is sent, and throws what
	 * {@link #send} would.
	 */
	public void check(Request request) throws InterruptedException {
		try {
			this.addressing.address(request.target(), request.timeout());
		}
		catch (UnsentException _) {
			// An outcome, not an error: the name may have an address by the time of sending.
		}
		this.engine.check(request.options());
	}

}
