package dev.udpprobe.probe;

import java.net.InetSocketAddress;
import java.time.Duration;

import dev.udpprobe.auth.Signer;
import dev.udpprobe.destination.Destinations;
import dev.udpprobe.destination.ForbiddenTargetException;
import dev.udpprobe.exchange.Exchange;
import dev.udpprobe.exchange.ExchangeEngine;
import dev.udpprobe.outcome.Outcome;
import dev.udpprobe.destination.Target;
import dev.udpprobe.destination.UnknownTargetException;
import dev.udpprobe.destination.UnresolvedException;

/**
 * One exchange with a target, by name. The address that the policy judged is the very one
 * that is sent to. Safe for any number of threads.
 */
public final class Sender {

	private final Destinations destinations;

	private final ExchangeEngine engine;

	private final ExchangeListener listener;

	private final Timeouts timeouts;

	public Sender(Destinations destinations, ExchangeEngine engine, Timeouts timeouts, ExchangeListener listener) {
		this.destinations = destinations;
		this.engine = engine;
		this.timeouts = timeouts;
		this.listener = listener;
	}

	/**
	 * Sends one datagram and waits for what comes of it. A name is given as long to resolve
	 * as the answer is given to come.
	 * @throws UnknownTargetException if it names no target
	 * @throws BadRequestException if a field has a value that is not taken
	 * @throws ForbiddenTargetException if the policy does not allow the target
	 * @throws dev.udpprobe.exchange.NoDetailException if an option needs
	 * detail of the kernel that is not available
	 * @throws dev.udpprobe.exchange.SaturatedException if too many exchanges are in flight
	 */
	public SendResult send(SendRequest request) throws InterruptedException {
		Target target = this.destinations.find(request.target());
		Duration timeout = this.timeouts.choose(request.timeout());
		Exchange exchange = exchange(target, timeout, request);
		this.listener.exchanged(target, exchange.sent(), exchange.outcome());
		return new SendResult(target, timeout, exchange);
	}

	private Exchange exchange(Target target, Duration timeout, SendRequest request) throws InterruptedException {
		InetSocketAddress remote;
		try {
			remote = this.destinations.resolve(target, timeout);
		}
		catch (UnresolvedException ex) {
			return Exchange.unsent(null, new Outcome.Unresolved(ex.reason()));
		}
		Signer signer = this.destinations.signer(target);
		byte[] payload = (signer != null) ? signer.signed(request.payload()) : request.payload();
		return this.engine.exchange(remote, payload, timeout, request.options());
	}

	/**
	 * Checks what can be known of a request before it is sent, and throws what
	 * {@link #send} would.
	 */
	public void check(SendRequest request) throws InterruptedException {
		Target target = this.destinations.find(request.target());
		this.engine.check(request.options());
		try {
			this.destinations.resolve(target, this.timeouts.choose(request.timeout()));
		}
		catch (UnresolvedException _) {
			// An outcome, not an error: it may resolve by the time of sending.
		}
	}

	/**
	 * Whether a target resolves, and may be sent to.
	 */
	public boolean allows(Target target) throws InterruptedException {
		try {
			this.destinations.resolve(target, this.timeouts.standard());
			return true;
		}
		catch (UnresolvedException | ForbiddenTargetException _) {
			return false;
		}
	}

}
