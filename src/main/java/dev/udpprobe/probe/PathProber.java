package dev.udpprobe.probe;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import dev.udpprobe.auth.Signer;
import dev.udpprobe.destination.Destinations;
import dev.udpprobe.destination.ForbiddenTargetException;
import dev.udpprobe.exchange.Exchange;
import dev.udpprobe.exchange.ExchangeEngine;
import dev.udpprobe.exchange.Flow;
import dev.udpprobe.exchange.NotSentException;
import dev.udpprobe.outcome.Outcome;
import dev.udpprobe.path.Hop;
import dev.udpprobe.path.MtuSearch;
import dev.udpprobe.path.PathMtu;
import dev.udpprobe.path.Trace;
import dev.udpprobe.destination.Target;
import dev.udpprobe.destination.UnknownTargetException;
import dev.udpprobe.destination.UnresolvedException;

/**
 * Looks at the path to a target, by name. Safe for any number of threads.
 */
public final class PathProber {

	/** No longer than an impatient user waits. */
	private static final Duration MAX_TIME = Duration.ofMinutes(1);

	private final Destinations destinations;

	private final ExchangeEngine engine;

	private final ExchangeListener listener;

	private final Timeouts timeouts;

	public PathProber(Destinations destinations, ExchangeEngine engine, Timeouts timeouts, ExchangeListener listener) {
		this.destinations = destinations;
		this.engine = engine;
		this.timeouts = timeouts;
		this.listener = listener;
	}

	/**
	 * A flow to a target. To be closed by the thread that opened it.
	 */
	public final class Path implements AutoCloseable {

		private final Target target;

		private final PathRequest request;

		private final Duration timeout;

		private final Flow flow;

		private Path(Target target, PathRequest request, Duration timeout, Flow flow) {
			this.target = target;
			this.request = request;
			this.timeout = timeout;
			this.flow = flow;
		}

		/**
		 * Follows the path hop by hop.
		 * @param message what to send, or null for payloads that can be told apart
		 * @param hops hears of each hop as soon as it is known
		 */
		public Trace.End trace(int maxHops, byte @Nullable [] message, Consumer<Hop> hops)
				throws IOException, InterruptedException {
			Trace.Settings settings = new Trace.Settings(maxHops, this.request.tries(), this.timeout, MAX_TIME,
					message);
			return new Trace(settings, signer(), PathProber.this.engine::isStopping).run(this.flow, hops);
		}

		/**
		 * Finds the longest datagram that the path takes.
		 */
		public PathMtu mtu() throws IOException, InterruptedException {
			MtuSearch.Settings settings = new MtuSearch.Settings(this.request.tries(), this.timeout, MAX_TIME);
			return new MtuSearch(this.flow, settings, signer(), PathProber.this.engine::isStopping).run();
		}

		private @Nullable Signer signer() {
			return PathProber.this.destinations.signer(this.target);
		}

		/**
		 * @return the path's end as that of an exchange that sent nothing, because the datagrams
		 * of a path are reported one by one
		 */
		public SendResult result(Outcome outcome) {
			return new SendResult(this.target, this.timeout,
					new Exchange(this.flow.remote(), this.flow.local(), 0, false, outcome));
		}

		/**
		 * Closes the flow, and reports its datagrams.
		 */
		@Override
		public void close() {
			try {
				this.flow.close();
			}
			finally {
				this.flow.datagrams().forEach((datagram) -> PathProber.this.listener.probed(this.target, datagram));
			}
		}

	}

	/**
	 * Opens a flow to the request's target.
	 * @throws PathException if there is none
	 * @throws UnknownTargetException if it names no target
	 * @throws BadRequestException if a field has a value that is not taken
	 * @throws ForbiddenTargetException if the policy does not allow the target
	 * @throws dev.udpprobe.exchange.NoDetailException if the kernel's detail is not
	 * available
	 * @throws dev.udpprobe.exchange.SaturatedException if too many exchanges are in flight
	 */
	public Path open(PathRequest request) throws PathException, InterruptedException {
		Target target = this.destinations.find(request.target());
		Duration timeout = this.timeouts.choose(request.timeout());
		try {
			InetSocketAddress remote = this.destinations.resolve(target, timeout);
			return new Path(target, request, timeout, this.engine.open(remote, request.options()));
		}
		catch (UnresolvedException ex) {
			Outcome outcome = new Outcome.Unresolved(ex.reason());
			throw new PathException(new SendResult(target, timeout, Exchange.unsent(null, outcome)));
		}
		catch (NotSentException ex) {
			throw new PathException(new SendResult(target, timeout, Exchange.unsent(ex.remote(), ex.outcome())));
		}
	}

}
