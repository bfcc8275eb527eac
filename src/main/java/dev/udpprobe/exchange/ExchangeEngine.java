package dev.udpprobe.exchange;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Semaphore;

import dev.udpprobe.linux.KernelDetail;
import dev.udpprobe.outcome.Outcome;

/**
 * Sends one datagram and says what came of it, for any number of threads at once, which
 * are best virtual ones: each waits for its own exchange only.
 *
 * <p>
 * Every exchange has a socket of its own, because nothing in UDP ties a reply to a
 * request: on a shared socket a duplicate or a late reply, or a late refusal, would be
 * taken for the next exchange's. {@link LocalPorts} keeps the port itself from being
 * reused too soon.
 */
public final class ExchangeEngine implements AutoCloseable {

	private static final byte[] NO_PAYLOAD = {};

	private final LocalPorts ports;

	private final KernelDetail detail;

	private final ReplyLoop loop;

	private final Dispatch dispatch;

	private final int maxInFlight;

	private final Semaphore permits;

	private volatile boolean draining;

	private volatile boolean stopping;

	private boolean closed;

	/**
	 * @param maxInFlight how many exchanges may be in flight, at least 1; each holds a
	 * descriptor and a local port, a flow three descriptors and 64 KiB
	 * @param detail what may be learnt from the kernel
	 */
	public ExchangeEngine(int maxInFlight, KernelDetail detail) {
		this(maxInFlight, new LocalPorts(LocalPorts.ephemeral(), new SecureRandom()), detail);
	}

	ExchangeEngine(int maxInFlight, LocalPorts ports, KernelDetail detail) {
		if (maxInFlight < 1) {
			throw new IllegalArgumentException("maxInFlight must be at least 1");
		}
		this.maxInFlight = maxInFlight;
		this.permits = new Semaphore(maxInFlight);
		this.ports = ports;
		this.detail = detail;
		this.loop = new ReplyLoop(ports,
				() -> detail.any() ? new KernelReader(detail) : new PortableReader());
		this.dispatch = new Dispatch(this.loop, detail);
		try {
			this.loop.start();
		}
		catch (IllegalStateException ex) {
			this.loop.close();
			throw ex;
		}
	}

	/**
	 * Sends one datagram to a resolved address and waits for what comes of it.
	 * @param remote whom to send to; resolved, and no port 0
	 * @param payload the datagram's bytes, 0 or more
	 * @param timeout how long to wait for an answer, counted from the send; positive
	 * @param options how to send it
	 * @return the exchange, with one of all outcomes but {@link Outcome.Unresolved}
	 * @throws SaturatedException at once, if too many exchanges are in flight, the local
	 * ports are used up, or no more are taken
	 * @throws NoDetailException if an option takes detail of the kernel that is not
	 * available
	 * @throws InterruptedException if the calling thread was interrupted; the exchange is
	 * abandoned
	 */
	public Exchange exchange(InetSocketAddress remote, byte[] payload, Duration timeout, ExchangeOptions options)
			throws InterruptedException {
		if (remote.isUnresolved()) {
			throw new IllegalArgumentException(remote + " is not resolved");
		}
		check(options);
		Outcome unsendable = Unsendable.outcome(remote, payload, options);
		if (unsendable != null) {
			return Exchange.unsent(remote, unsendable);
		}
		begin();
		try {
			return this.dispatch.run(new PendingExchange(
					ExchangeChannels.open(remote, options, this.ports, this.detail), remote, payload, options,
					timeout.toNanos()));
		}
		catch (IOException ex) {
			return Exchange.unsent(remote, Failures.onSend(ex));
		}
		finally {
			this.permits.release();
		}
	}

	/**
	 * Checks what can be known of options before anything is sent.
	 * @throws NoDetailException if one takes detail of the kernel that is not available
	 */
	public void check(ExchangeOptions options) {
		if (options.ttl() != null && this.detail.noErrors() != null) {
			throw new NoDetailException("ttl", this.detail.noErrors());
		}
	}

	/**
	 * Opens a flow to a resolved address. It counts as an exchange in flight.
	 * @throws NotSentException if the local host opens no socket, for example for want of a
	 * route
	 * @throws SaturatedException at once, for the same reasons as {@link #exchange}
	 * @throws NoDetailException if the kernel's detail is not available
	 */
	public Flow open(InetSocketAddress remote, ExchangeOptions options) throws NotSentException {
		if (this.detail.noErrors() != null) {
			throw new NoDetailException(null, this.detail.noErrors());
		}
		Outcome unsendable = Unsendable.outcome(remote, NO_PAYLOAD, options);
		if (unsendable != null) {
			throw new NotSentException(remote, unsendable, null);
		}
		begin();
		boolean opened = false;
		try {
			Flow flow = flow(remote, ExchangeChannels.open(remote, options, this.ports, this.detail));
			opened = true;
			return flow;
		}
		catch (IOException ex) {
			throw new NotSentException(remote, Failures.onSend(ex), ex);
		}
		finally {
			if (!opened) {
				this.permits.release();
			}
		}
	}

	private Flow flow(InetSocketAddress remote, DatagramChannel channel) throws IOException {
		boolean made = false;
		try {
			Flow flow = new Flow(channel, remote, this.ports, this::isStopping, this.permits::release);
			made = true;
			return flow;
		}
		finally {
			if (!made) {
				channel.close();
			}
		}
	}

	private void begin() {
		if (this.draining) {
			throw new SaturatedException("no more exchanges are begun, because the service stops");
		}
		if (!this.permits.tryAcquire()) {
			throw new SaturatedException(
					String.format(Locale.ROOT, "%,d exchanges are in flight already", this.maxInFlight));
		}
	}

	/**
	 * Has flows end soon, which otherwise take longer than anybody who stops the service
	 * waits. Exchanges go on.
	 */
	public void stopFlows() {
		this.stopping = true;
	}

	/**
	 * @return whether flows should end
	 */
	public boolean isStopping() {
		return this.stopping;
	}

	/**
	 * @return how many exchanges are in flight now
	 */
	public int inFlight() {
		return this.maxInFlight - this.permits.availablePermits();
	}

	/**
	 * Takes no more exchanges, and waits for those in flight to end, which their time-outs
	 * bound.
	 */
	public void drain() {
		this.draining = true;
		this.stopping = true;
		this.permits.acquireUninterruptibly(this.maxInFlight);
		this.permits.release(this.maxInFlight);
	}

	/**
	 * Takes exchanges again after {@link #drain}.
	 */
	public void resume() {
		this.draining = false;
		this.stopping = false;
	}

	/**
	 * Drains, and closes every socket for good.
	 */
	@Override
	public synchronized void close() {
		if (!this.closed) {
			this.closed = true;
			drain();
			this.loop.close();
		}
	}

}
