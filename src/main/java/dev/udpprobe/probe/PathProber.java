package dev.udpprobe.probe;

import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import dev.udpprobe.destination.BadRequestException;
import dev.udpprobe.destination.ForbiddenTargetException;
import dev.udpprobe.exchange.Exchange;
import dev.udpprobe.exchange.ExchangeEngine;
import dev.udpprobe.exchange.ExchangeOptions;
import dev.udpprobe.exchange.Flow;
import dev.udpprobe.exchange.NotSentException;
import dev.udpprobe.outcome.Outcome;
import dev.udpprobe.path.Hop;
import dev.udpprobe.path.MtuSearch;
import dev.udpprobe.path.PathMtu;
import dev.udpprobe.path.Trace;

/**
 * Looks at the path to a target, by name. Safe for any number of threads.
 */
public final class PathProber {

	/** No longer than an impatient user waits. */
	private static final Duration MAX_TIME = Duration.ofMinutes(1);

	/**
	 * Which path to look at, and how.
	 *
	 * @param target a configured name or host:port; null for the default target
	 * @param timeout how long to wait for each answer; null for the default
	 * @param tries how many datagrams to spend on each question, 1 or more
	 */
	public record Request(@Nullable String target, @Nullable Duration timeout, int tries,
			ExchangeOptions options) {}

	private final Addressing addressing;

	private final ExchangeEngine engine;

	private final ExchangeListener listener;

	public PathProber(Addressing addressing, ExchangeEngine engine, ExchangeListener listener) {
		this.addressing = addressing;
		this.engine = engine;
		this.listener = listener;
	}

	/**
	 * A flow to a target. To be closed by the thread that opened it.
	 */
	public final class Path implements AutoCloseable {

		private final Addressing.Addressed to;

		private final int tries;

		private final Flow flow;

		private Path(Addressing.Addressed to, int tries, Flow flow) {
			this.to = to;
			this.tries = tries;
			this.flow = flow;
		}

		/**
		 * Follows the path hop by hop.
		 * @param message what to send, or null for payloads that can be told apart
		 * @param hops hears of each hop as soon as it is known
		 */
		public Trace.End trace(int maxHops, byte @Nullable [] message, Consumer<Hop> hops)
				throws IOException, InterruptedException {
			Trace.Settings settings = new Trace.Settings(maxHops, this.tries, this.to.timeout(), MAX_TIME, message);
			return new Trace(settings, this.to.target().signer(), PathProber.this.engine::isStopping)
					.run(this.flow, hops);
		}

		/**
		 * Finds the longest datagram that the path takes.
		 */
		public PathMtu mtu() throws IOException, InterruptedException {
			MtuSearch.Settings settings = new MtuSearch.Settings(this.tries, this.to.timeout(), MAX_TIME);
			return new MtuSearch(this.flow, settings, this.to.target().signer(),
					PathProber.this.engine::isStopping).run();
		}

		/**
		 * @return the path's end as that of an exchange that sent nothing: the datagrams of a
		 * path are reported one by one, and a flow says not-sent only of one that did not leave
		 */
		public SendResult result(Outcome outcome) {
			return this.to.result(new Exchange(this.flow.remote(), this.flow.local(), 0, false, outcome));
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
				this.flow.datagrams()
						.forEach((datagram) -> PathProber.this.listener.probed(this.to.target(), datagram));
			}
		}

	}

	/**
	 * Opens a flow to the request's target.
	 * @throws UnsentException if there is none
	 * @throws BadRequestException if a field has a value that is not taken
	 * @throws dev.udpprobe.destination.ForbiddenTargetException if the policy does not allow
	 * the target
	 * @throws dev.udpprobe.exchange.NoDetailException if the kernel's detail is not
	 * available
	 * @throws dev.udpprobe.exchange.SaturatedException if too many exchanges are in flight
	 */
	public Path open(Request request) throws UnsentException, InterruptedException {
		Addressing.Addressed to = this.addressing.address(request.target(), request.timeout());
		try {
			return new Path(to, request.tries(), this.engine.open(to.address(), request.options()));
		}
		catch (NotSentException ex) {
			throw new UnsentException(to.result(Exchange.unsent(ex.remote(), ex.outcome())));
		}
	}

}
