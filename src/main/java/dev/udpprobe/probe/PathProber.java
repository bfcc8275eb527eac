package dev.udpprobe.probe;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import dev.udpprobe.auth.Signer;
import dev.udpprobe.destination.BadRequestException;
import dev.udpprobe.destination.Target;
import dev.udpprobe.exchange.Correlation;
import dev.udpprobe.exchange.Exchange;
import dev.udpprobe.exchange.ExchangeEngine;
import dev.udpprobe.exchange.ExchangeOptions;
import dev.udpprobe.exchange.Flow;
import dev.udpprobe.exchange.FlowSettings;
import dev.udpprobe.exchange.NotSentException;
import dev.udpprobe.module.BadSettingException;
import dev.udpprobe.module.ModuleRequest;
import dev.udpprobe.module.ProbeModule;
import dev.udpprobe.outcome.Outcome;
import dev.udpprobe.path.Hop;
import dev.udpprobe.path.MtuSearch;
import dev.udpprobe.path.PathMtu;
import dev.udpprobe.path.Payloads;
import dev.udpprobe.path.Trace;
import dev.udpprobe.probe.Questions.Question;

/**
 * Looks at the path to a target, by name. Safe for any number of threads.
 */
public final class PathProber {

	/** No longer than an impatient user waits. */
	private static final Duration MAX_TIME = Duration.ofMinutes(1);

	/** The most datagrams that one hop is asked with. */
	private static final int WINDOW = 64;

	/**
	 * Which path to look at, and how.
	 *
	 * @param target a configured name or host:port; null for the default target
	 * @param timeout how long to wait for each answer; null for the default
	 * @param tries how many datagrams to spend on each question, 1 to 64
	 * @param question what to send, and what longer datagrams begin with; with neither a message nor a module, payloads that can be
	 * told apart
	 */
	public record Request(@Nullable String target, @Nullable Duration timeout, int tries, ExchangeOptions options,
			Question question) {}

	private final Questions questions;

	private final Addressing addressing;

	private final ExchangeEngine engine;

	private final ExchangeListener listener;

	public PathProber(Questions questions, Addressing addressing, ExchangeEngine engine, ExchangeListener listener) {
		this.questions = questions;
		this.addressing = addressing;
		this.engine = engine;
		this.listener = listener;
	}

	/**
	 * A flow to a target. For one thread.
	 */
	public final class Path implements AutoCloseable {

		private final Addressing.Addressed to;

		private final int tries;

		private final Payloads payloads;

		private final Flow flow;

		private Path(Addressing.Addressed to, int tries, Payloads payloads, Flow flow) {
			this.to = to;
			this.tries = tries;
			this.payloads = payloads;
			this.flow = flow;
		}

		/**
		 * Follows the path hop by hop.
		 * @param maxHops where to stop at the latest
		 * @param maxSilent after how many silent hops in a row to stop
		 * @param hops hears of each hop as soon as it is known
		 */
		public Trace.End trace(int maxHops, int maxSilent, Consumer<Hop> hops) throws InterruptedException {
			Trace.Settings settings = new Trace.Settings(maxHops, maxSilent, this.tries, this.to.timeout(), MAX_TIME);
			return new Trace(settings, this.payloads, PathProber.this.engine::isStopping).run(this.flow, hops);
		}

		/**
		 * @return what the path leads to
		 */
		public Target target() {
			return this.to.target();
		}

		/**
		 * Finds the longest datagram that the path takes.
		 */
		public PathMtu mtu() throws InterruptedException {
			MtuSearch.Settings settings = new MtuSearch.Settings(this.tries, this.to.timeout(), MAX_TIME);
			return new MtuSearch(this.flow, settings, this.payloads, PathProber.this.engine::isStopping).run();
		}

		/**
		 * @return the path's end as that of an exchange that sent nothing: the datagrams of a
		 * path are reported one by one, and a flow says not-sent only of one that did not leave
		 */
		public SendResult result(Outcome outcome) {
			return result(outcome, this.to.timeout());
		}

		/**
		 * @param waited how long, in all
		 */
		public SendResult result(Outcome outcome, Duration waited) {
			return new SendResult(this.to.target(), waited,
					Exchange.ended(this.flow.remote(), this.flow.local(), outcome));
		}

		@Override
		public void close() {
			this.flow.close();
		}

	}

	/**
	 * Opens a flow to the request's target, for a trace.
	 * @throws UnsentException if there is none
	 * @throws BadRequestException if a field has a value that is not taken
	 * @throws dev.udpprobe.destination.ForbiddenTargetException if the policy does not allow
	 * the target
	 * @throws dev.udpprobe.exchange.NoDetailException if the kernel's detail is not
	 * available
	 * @throws dev.udpprobe.exchange.SaturatedException if too many exchanges are in flight
	 * @throws dev.udpprobe.exchange.LocalPortException if the local port that the options name
	 * cannot be used
	 */
	public Path openTrace(Request request) throws InterruptedException {
		return open(request, Payloads::new);
	}

	/**
	 * Opens a flow to the request's target, for a search. It throws the same.
	 */
	public Path openMtu(Request request) throws InterruptedException {
		return open(request, (signer, message) -> Payloads.behind(signer, (message != null) ? message : new byte[0]));
	}

	/**
	 * Makes payloads of a message, which is null for none.
	 */
	private interface Making {

		Payloads of(@Nullable Signer signer, byte @Nullable [] message);

	}

	/**
	 * Knows answers as payloads do that are made when the flow has its port, and before anything is sent.
	 */
	private static final class Later implements Correlation {

		private volatile Correlation payloads = NONE;

		@Override
		public long answered(ByteBuffer payload) {
			return this.payloads.answered(payload);
		}

		@Override
		public long quoted(ByteBuffer payload) {
			return this.payloads.quoted(payload);
		}

	}

	private Path open(Request request, Making making) throws InterruptedException {
		Question question = request.question();
		Target target = this.addressing.target(request.target(), this.questions.port(question));
		ModuleRequest asked = this.questions.ask(question, target);
		ProbeModule module = (asked != null) ? asked.module() : null;
		Addressing.Addressed to = Await.result(this.addressing.address(target,
				this.addressing.timeout(request.timeout(), null), Questions.version(module)));
		Later answers = new Later();
		FlowSettings settings = new FlowSettings(WINDOW, answers, (datagram) -> this.listener.probed(target, datagram));
		this.engine.checkDetail();
		try {
			Flow flow = this.engine.open(to.address(), Questions.pathOptions(request.options(), module), settings);
			boolean begun = false;
			try {
				Payloads payloads = making.of(target.signer(), (asked != null)
						? asked.message(target.address().toString(), flow.local())
						: question.message());
				answers.payloads = payloads;
				begun = true;
				return new Path(to, request.tries(), payloads, flow);
			}
			catch (BadSettingException ex) {
				throw Questions.bad(ex);
			}
			finally {
				if (!begun) {
					flow.close();
				}
			}
		}
		catch (NotSentException ex) {
			throw new UnsentException(to.result(Exchange.unsent(ex.remote(), ex.outcome())));
		}
	}

}
