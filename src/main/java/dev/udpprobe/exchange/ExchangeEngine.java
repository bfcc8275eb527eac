package dev.udpprobe.exchange;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

import dev.udpprobe.exchange.ExchangeOptions.SocketKind;
import dev.udpprobe.linux.KernelDetail;
import dev.udpprobe.outcome.Outcome;

/**
 * Sends datagrams and says what came of them. Nothing here waits: what is begun is done by a
 * few loops, each a thread of its own, and whoever began it is told.
 *
 * <p>
 * Every exchange has a socket of its own, because nothing in UDP ties a reply to a
 * request: on a shared socket a duplicate or a late reply, or a late refusal, would be
 * taken for the next exchange's. {@link LocalPorts} keeps the port itself from being
 * reused too soon. A {@link Flow} is one socket for several datagrams, and a {@link KeptSocket} for several exchanges.
 *
 * <p>
 * Safe for any number of threads. What is begun on a loop's thread, as by whoever is told
 * there, stays on that loop, and takes no hand-over.
 */
public final class ExchangeEngine implements AutoCloseable {

	private final ExchangeChannels channels;

	private final List<ExchangeLoop> loops;

	private final boolean owning;

	private final AtomicInteger next = new AtomicInteger();

	private volatile boolean stopping;

	private boolean closed;

	/**
	 * @param maxInFlight how many exchanges and flows may be in flight, at least 1; each holds
	 * a descriptor and a local port, as a {@link KeptSocket} always does
	 * @param loops how many threads work on them, at least 1
	 * @param detail what may be learnt from the kernel
	 * @param rates how much may be sent to one address
	 */
	public ExchangeEngine(int maxInFlight, int loops, KernelDetail detail, DestinationRates rates) {
		this(maxInFlight, loops, new LocalPorts(LocalPorts.ephemeral(), new SecureRandom()), detail, rates);
	}

	ExchangeEngine(int maxInFlight, int loops, LocalPorts ports, KernelDetail detail, DestinationRates rates) {
		if (loops < 1) {
			throw new IllegalArgumentException("loops must be at least 1");
		}
		this.channels = new ExchangeChannels(maxInFlight, ports, detail, rates);
		this.loops = new ArrayList<>();
		this.owning = true;
		try {
			for (int number = 0; number < loops; number++) {
				this.loops.add(new ExchangeLoop(number, () -> SocketReader.of(detail)));
			}
			this.loops.forEach(ExchangeLoop::start);
		}
		catch (RuntimeException | Error ex) {
			this.loops.forEach(ExchangeLoop::close);
			throw ex;
		}
	}

	private ExchangeEngine(ExchangeEngine other, int maxInFlight) {
		this.channels = other.channels.beside(maxInFlight);
		this.loops = other.loops;
		this.owning = false;
	}

	/**
	 * @param maxInFlight how many exchanges and flows the other may have in flight, at least 1
	 * @return one that shares the loops, the local ports and the limit for each address with this one, and not the
	 * number of exchanges in flight. This one closes the loops.
	 */
	public ExchangeEngine beside(int maxInFlight) {
		return new ExchangeEngine(this, maxInFlight);
	}

	/**
	 * @return the threads, at least one
	 */
	public List<Loop> loops() {
		return List.copyOf(this.loops);
	}

	/**
	 * Sends one datagram, and takes whatever comes from the target for the answer: {@link Dialogue.Once}.
	 */
	public CompletableFuture<Exchange> exchange(InetSocketAddress remote, byte[] payload, Duration timeout,
			ExchangeOptions options) {
		return exchange(remote, options, new Dialogue.Once(payload, timeout));
	}

	/**
	 * Sends what a dialogue says to a resolved address.
	 * @param remote whom to send to; resolved, and no port 0
	 * @param options how to send it
	 * @param dialogue what to say, and what is an answer; of this exchange alone
	 * @return the exchange, with one of all outcomes but {@link Outcome.Unresolved}; completed
	 * by the loop's thread, so what depends on it must be quick. To cancel it abandons the
	 * exchange.
	 * @throws SaturatedException if too many exchanges are in flight, the local ports are used
	 * up, or no more are taken
	 * @throws NoDetailException if an option takes detail of the kernel that is not
	 * available
	 * @throws LocalPortException if the local port that the options name cannot be used
	 */
	public CompletableFuture<Exchange> exchange(InetSocketAddress remote, ExchangeOptions options,
			Dialogue dialogue) {
		return exchange(remote, options, dialogue, options.sourcePort() != null);
	}

	/**
	 * @param again whether the next exchange may leave from the same port as soon as this one is told
	 * to be over, which takes a moment longer
	 */
	CompletableFuture<Exchange> exchange(InetSocketAddress remote, ExchangeOptions options, Dialogue dialogue,
			boolean again) {
		if (remote.isUnresolved()) {
			throw new IllegalArgumentException(remote + " is not resolved");
		}
		check(options);
		Outcome unsendable = options.unsendable(remote);
		if (unsendable != null) {
			return ended(Exchange.unsent(remote, unsendable));
		}
		try {
			ExchangeLoop loop = loop();
			// Handed over while it is opened, so that it is closed if that fails.
			return this.channels.open(remote, options, (channel) -> {
				OneShot exchange = new OneShot(loop, this.channels, channel, remote, options, dialogue, again);
				loop.run(exchange::begin);
				return exchange;
			}).promise();
		}
		catch (IOException ex) {
			return ended(Exchange.unsent(remote, Failures.onSend(ex)));
		}
	}

	/**
	 * By a loop as well, and later: whoever begins the next one when this one is over would
	 * otherwise never return from the first.
	 */
	private CompletableFuture<Exchange> ended(Exchange exchange) {
		CompletableFuture<Exchange> promise = new CompletableFuture<>();
		loop().execute(() -> promise.complete(exchange));
		return promise;
	}

	/**
	 * @return whether an exchange with these options hears of a refusal
	 */
	public boolean hearsRefusals(ExchangeOptions options) {
		return switch (options.socket()) {
			case CONNECTED -> true;
			case INFORMED -> this.channels.detail().errors();
			case UNCONNECTED -> false;
		};
	}

	/**
	 * Checks what can be known of options before anything is sent.
	 * @throws NoDetailException if one takes detail of the kernel that is not available
	 */
	public void check(ExchangeOptions options) {
		String missing = this.channels.detail().noErrors();
		if (options.ttl() != null && missing != null) {
			throw new NoDetailException("ttl", missing);
		}
	}

	/**
	 * Checks that ICMP errors can be told apart, and hop limits set.
	 * @throws NoDetailException if the kernel's detail is not available
	 */
	public void checkDetail() {
		String missing = this.channels.detail().noErrors();
		if (missing != null) {
			throw new NoDetailException(null, missing);
		}
	}

	/**
	 * Opens a flow to a resolved address, on a connected socket. It counts as an exchange in flight.
	 * @throws NotSentException if the local host opens no socket, for example for want of a
	 * route
	 * @throws SaturatedException for the same reasons as {@link #exchange}
	 * @throws NoDetailException for the same reasons as {@link #exchange}
	 * @throws LocalPortException for the same reasons as {@link #exchange}
	 */
	public Flow open(InetSocketAddress remote, ExchangeOptions options, FlowSettings settings)
			throws NotSentException {
		checkConnected(remote, options);
		try {
			ExchangeLoop loop = loop();
			return this.channels.open(remote, options, (channel) -> {
				Flow flow = new Flow(loop, this.channels, channel, remote, options, settings, this::isStopping);
				loop.run(flow::begin);
				return flow;
			});
		}
		catch (IOException ex) {
			throw new NotSentException(remote, Failures.onSend(ex), ex);
		}
	}

	/**
	 * Opens a socket that is kept for exchanges with a resolved address, on a connected socket. Whoever opens it closes
	 * it; {@link #close} does so at the latest. While it is opened, it counts as an exchange in flight.
	 * @throws NotSentException for the same reasons as {@link #open}
	 * @throws SaturatedException for the same reasons as {@link #exchange}
	 * @throws NoDetailException for the same reasons as {@link #exchange}
	 * @throws LocalPortException for the same reasons as {@link #exchange}
	 */
	public KeptSocket keep(InetSocketAddress remote, ExchangeOptions options) throws NotSentException {
		checkConnected(remote, options);
		try {
			ExchangeLoop loop = loop();
			return this.channels.keep(remote, options, (channel) -> {
				KeptSocket kept = new KeptSocket(loop, this.channels, channel, remote, options);
				loop.run(kept::begin);
				return kept;
			});
		}
		catch (IOException ex) {
			throw new NotSentException(remote, Failures.onSend(ex), ex);
		}
	}

	private void checkConnected(InetSocketAddress remote, ExchangeOptions options) throws NotSentException {
		check(options);
		if (remote.isUnresolved() || options.socket() != SocketKind.CONNECTED) {
			throw new IllegalArgumentException("this takes a resolved address and a connected socket");
		}
		Outcome unsendable = options.unsendable(remote);
		if (unsendable != null) {
			throw new NotSentException(remote, unsendable, null);
		}
	}

	private ExchangeLoop loop() {
		for (ExchangeLoop loop : this.loops) {
			if (loop.isCurrent() && loop.isAlive()) {
				return loop;
			}
		}
		ExchangeLoop next = this.loops.getFirst();
		int start = this.next.getAndIncrement();
		for (int i = 0; i < this.loops.size(); i++) {
			next = this.loops.get(Math.floorMod(start + i, this.loops.size()));
			if (next.isAlive()) {
				break;
			}
		}
		return next;
	}

	/**
	 * Whether all loops work. One that does not fails whatever is begun there.
	 */
	public boolean isAlive() {
		return this.loops.stream().allMatch(ExchangeLoop::isAlive);
	}

	/**
	 * Has flows end soon, which otherwise take longer than anybody who stops the service
	 * waits. Exchanges go on.
	 */
	public void stopFlows() {
		this.stopping = true;
		this.loops.forEach(ExchangeLoop::hurry);
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
		return this.channels.inFlight();
	}

	/**
	 * Takes no more exchanges, and waits for those in flight to end, which their time-outs
	 * bound, and for flows to be closed by whoever opened them; kept sockets may stay open. Whoever began an exchange has been told
	 * of its end then. Not for a loop's thread.
	 */
	public void drain() {
		stopFlows();
		this.channels.drain();
		// A place is given back before anybody is told.
		this.loops.forEach(ExchangeLoop::catchUp);
	}

	/**
	 * Takes exchanges again after {@link #drain}.
	 */
	public void resume() {
		this.stopping = false;
		this.channels.resume();
	}

	/**
	 * Drains, and closes every socket for good. One that is beside another leaves the loops to that.
	 */
	@Override
	public synchronized void close() {
		if (!this.closed) {
			this.closed = true;
			drain();
			if (this.owning) {
				this.loops.forEach(ExchangeLoop::close);
			}
		}
	}

}
