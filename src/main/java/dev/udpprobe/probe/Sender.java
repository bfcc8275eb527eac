package dev.udpprobe.probe;

import dev.udpprobe.destination.BadRequestException;
import dev.udpprobe.destination.Destination;
import dev.udpprobe.exchange.ExchangeEngine;

/**
 * One exchange with a target, by name. Safe for any number of threads.
 */
public final class Sender {

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
	public SendResult send(SendRequest request) throws InterruptedException {
		SendResult result = exchange(request);
		this.listener.exchanged(result);
		return result;
	}

	private SendResult exchange(SendRequest request) throws InterruptedException {
		try {
			Addressing.Addressed to = this.addressing.address(request.target(), request.timeout());
			Destination destination = to.destination();
			return to.result(this.engine.exchange(destination.address(), destination.payload(request.payload()),
					to.timeout(), request.options()));
		}
		catch (UnsentException ex) {
			return ex.result();
		}
	}

	/**
	 * Checks what can be known of a request before it is sent, and throws what
	 * {@link #send} would.
	 */
	public void check(SendRequest request) throws InterruptedException {
		this.engine.check(request.options());
		try {
			this.addressing.address(request.target(), request.timeout());
		}
		catch (UnsentException _) {
			// An outcome, not an error: the name may have an address by the time of sending.
		}
	}

}
