package dev.udpprobe.exchange;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

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
public final class Exchanger implements AutoCloseable {

	private final LocalPorts ports;

	private final ReplyLoop loop;

	private final int maxInFlight;

	private final Semaphore permits;

	private volatile boolean draining;

	private boolean closed;

	/**
	 * @param maxInFlight how many exchanges may be in flight, at least 1; each holds a
	 * descriptor and a local port
	 */
	public Exchanger(int maxInFlight) {
		this(maxInFlight, new LocalPorts(LocalPorts.ephemeral(), new SecureRandom()));
	}

	Exchanger(int maxInFlight, LocalPorts ports) {
		if (maxInFlight < 1) {
			throw new IllegalArgumentException("maxInFlight must be at least 1");
		}
		this.maxInFlight = maxInFlight;
		this.permits = new Semaphore(maxInFlight);
		this.ports = ports;
		this.loop = new ReplyLoop(ports);
		this.loop.start();
	}

	/**
	 * Sends one datagram to a resolved address and waits for what comes of it.
	 * @param remote whom to send to; resolved, and no port 0
	 * @param payload the datagram's bytes, 0 or more
	 * @param timeout how long to wait for an answer, counted from the send; positive
	 * @return the exchange, with one of all outcomes but {@link Outcome.Unresolved}
	 * @throws SaturatedException at once, if too many exchanges are in flight, the local
	 * ports are used up, or no more are taken
	 * @throws InterruptedException if the calling thread was interrupted; the exchange is
	 * abandoned
	 */
	public Exchange exchange(InetSocketAddress remote, byte[] payload, Duration timeout, SocketKind kind)
			throws InterruptedException {
		if (remote.isUnresolved()) {
			throw new IllegalArgumentException(remote + " is not resolved");
		}
		long timeoutNanos = timeout.toNanos();
		int longest = LongestPayload.to(remote.getAddress());
		if (payload.length > longest) {
			return Exchange.unsent(remote, new Outcome.TooBig(String.format(Locale.ROOT,
					"%,d bytes are more than the %,d that a datagram can carry", payload.length, longest)));
		}
		if (this.draining) {
			throw new SaturatedException("no more exchanges are begun, because the service stops");
		}
		if (!this.permits.tryAcquire()) {
			throw new SaturatedException(
					String.format(Locale.ROOT, "%,d exchanges are in flight already", this.maxInFlight));
		}
		try {
			DatagramChannel channel = ExchangeChannels.open(remote, kind, this.ports);
			if (channel == null) {
				throw new SaturatedException("every local port was used less than %d ms ago"
						.formatted(TimeUnit.NANOSECONDS.toMillis(LocalPorts.REST_NANOS)));
			}
			return exchange(new PendingExchange(channel, (InetSocketAddress) channel.getLocalAddress(), remote, kind),
					payload, timeoutNanos);
		}
		catch (IOException ex) {
			return Exchange.unsent(remote, Failures.onSend(ex));
		}
		finally {
			this.permits.release();
		}
	}

	private Exchange exchange(PendingExchange pending, byte[] payload, long timeoutNanos) throws InterruptedException {
		boolean sent = false;
		Outcome ending = null;
		this.loop.watch(pending);
		try {
			sent = send(pending, payload);
			ending = sent ? pending.await(timeoutNanos) : new Outcome.NotSent("the send buffer is full");
		}
		catch (IOException ex) {
			ending = Failures.onSend(ex);
		}
		finally {
			// Unless the loop did, which then has closed the channel.
			if (pending.end((ending != null) ? ending : pending.silence())) {
				this.loop.forget(pending);
			}
		}
		return new Exchange(pending.remote(), pending.local(), sent ? payload.length : 0, sent, pending.outcome());
	}

	private static boolean send(PendingExchange pending, byte[] payload) throws IOException {
		if (payload.length == 0 && pending.kind() == SocketKind.CONNECTED) {
			ExchangeChannels.sendEmpty(pending);
			return true;
		}
		pending.sending();
		return pending.channel().send(ByteBuffer.wrap(payload), pending.remote()) == payload.length;
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
		this.permits.acquireUninterruptibly(this.maxInFlight);
		this.permits.release(this.maxInFlight);
	}

	/**
	 * Takes exchanges again after {@link #drain}.
	 */
	public void resume() {
		this.draining = false;
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
