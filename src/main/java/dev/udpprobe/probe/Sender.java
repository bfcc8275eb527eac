package dev.udpprobe.probe;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import org.jspecify.annotations.Nullable;

import dev.udpprobe.destination.BadRequestException;
import dev.udpprobe.destination.Target;
import dev.udpprobe.exchange.Dialogue;
import dev.udpprobe.exchange.Exchange;
import dev.udpprobe.exchange.ExchangeEngine;
import dev.udpprobe.exchange.ExchangeOptions;
import dev.udpprobe.exchange.KeptPorts;
import dev.udpprobe.module.ModuleDialogue;
import dev.udpprobe.module.ModuleRequest;
import dev.udpprobe.module.ModuleSpec.LocalPort;
import dev.udpprobe.module.ProbeModule;
import dev.udpprobe.path.TimeLimit;
import dev.udpprobe.probe.Questions.Question;

/**
 * One exchange with a target, by name. Safe for any number of threads.
 */
public final class Sender {

	/**
	 * What to send, and how.
	 *
	 * @param question what is asked; where the target has a key, it is signed too
	 * @param target a configured name or host:port; null for the default target
	 * @param timeout how long to wait for the answer; null for the module's, or the default
	 * @param limit of all that it takes, with the look-up of the target's name; null for none but the time-out of each
	 */
	public record Request(Question question, @Nullable String target, @Nullable Duration timeout,
			ExchangeOptions options, @Nullable Duration limit) {

		/**
		 * With no limit but the time-outs.
		 */
		public Request(Question question, @Nullable String target, @Nullable Duration timeout,
				ExchangeOptions options) {
			this(question, target, timeout, options, null);
		}

	}

	private final Questions questions;

	private final KeptPorts ports = new KeptPorts();

	private final Addressing addressing;

	private final ExchangeEngine engine;

	private final ExchangeListener listener;

	public Sender(Questions questions, Addressing addressing, ExchangeEngine engine, ExchangeListener listener) {
		this.questions = questions;
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
	 * depends on it runs in the caller's thread, one of the resolver, of the engine, that of whoever replaces the targets, or the
	 * JDK's for time-outs, so it must be quick.
	 * @throws BadRequestException at once, if a field has a value that is not taken
	 */
	public CompletableFuture<SendResult> send(Request request) {
		return send(request, null);
	}

	/**
	 * The same.
	 * @param log where to write how it goes; null for nowhere
	 */
	public CompletableFuture<SendResult> send(Request request, @Nullable ProbeLog log) {
		Prepared prepared = prepare(request);
		if (prepared.asked() == null) {
			var _ = Questions.message(request.question());
		}
		return send(prepared, log);
	}

	/**
	 * Sends what was prepared, by a module.
	 * @param exchanging begins the exchange
	 * @return it fails as {@link #send(Request)} does
	 */
	public CompletableFuture<SendResult> ask(Prepared prepared, Exchanging exchanging) {
		return send(prepared, null, exchanging);
	}

	/**
	 * @param log where to write how it goes; null for nowhere
	 */
	CompletableFuture<SendResult> send(Prepared prepared, @Nullable ProbeLog log) {
		return send(prepared, log, (remote, options, dialogue) -> begin(prepared, remote, options, dialogue));
	}

	private CompletableFuture<SendResult> send(Prepared prepared, @Nullable ProbeLog log, Exchanging exchanging) {
		TimeLimit limit = prepared.limited() ? new TimeLimit(prepared.timeout()) : null;
		CompletableFuture<Addressing.Addressed> address = this.addressing.address(prepared.target(), prepared.timeout(),
				Questions.version(prepared.module()));
		return ((log != null) ? address.whenComplete((_, _) -> log.lookedUp()) : address)
				.thenCompose((to) -> exchange(prepared, to,
						(limit != null) ? limit.within(to.timeout()) : to.timeout(), log, exchanging))
				.exceptionallyCompose((failure) -> unsent(failure, prepared))
				.thenApply(this::told);
	}

	/**
	 * Begins an exchange, as {@link ExchangeEngine#exchange(InetSocketAddress, ExchangeOptions, Dialogue)} does.
	 */
	public interface Exchanging {

		CompletableFuture<Exchange> exchange(InetSocketAddress remote, ExchangeOptions options, Dialogue dialogue);

	}

	/**
	 * A request that has been looked at.
	 *
	 * @param asked null if a message is to be sent as it is
	 * @param limited whether the time-out is of all that it takes
	 */
	public record Prepared(Question question, Target target, @Nullable ModuleRequest asked, Duration timeout,
			boolean limited, ExchangeOptions options) {

		/**
		 * @return where it leaves from by the module; null without one, or where that does not say
		 */
		public @Nullable LocalPort localPort() {
			return (this.asked != null) ? this.asked.module().socket().localPort() : null;
		}

		private @Nullable ProbeModule module() {
			return (this.asked != null) ? this.asked.module() : null;
		}

		private SendResult.@Nullable Judged unsent() {
			return (this.asked != null) ? new SendResult.Judged(this.asked, ModuleRequest.unsent(), 0) : null;
		}

	}

	/**
	 * @throws BadRequestException if a field has a value that is not taken; the message is not looked at
	 */
	Prepared prepare(Request request) {
		return prepare(request, target(request));
	}

	/**
	 * @param target instead of the request's
	 * @throws BadRequestException as for {@link #send(Request)}
	 */
	public Prepared prepare(Request request, Target target) {
		Question question = request.question();
		ModuleRequest asked = this.questions.ask(question, target);
		ProbeModule module = (asked != null) ? asked.module() : null;
		return new Prepared(question, target, asked, timeout(request, module), request.limit() != null,
				Questions.options(request.options(), module));
	}

	/**
	 * @return whether the module is still the one of that name
	 */
	public boolean isCurrent(Prepared prepared) {
		return prepared.asked() == null || this.questions.isCurrent(prepared.asked().module());
	}

	private Target target(Request request) {
		return this.addressing.target(request.target(), this.questions.port(request.question()));
	}

	private Duration timeout(Request request, @Nullable ProbeModule module) {
		Duration timeout = this.addressing.timeout(request.timeout(), (module != null) ? module.timeout() : null);
		Duration limit = request.limit();
		return (limit != null && limit.compareTo(timeout) < 0) ? limit : timeout;
	}

	/**
	 * @param left of the time
	 */
	private CompletableFuture<SendResult> exchange(Prepared prepared, Addressing.Addressed to, Duration left,
			@Nullable ProbeLog log, Exchanging exchanging) {
		ModuleRequest asked = prepared.asked();
		if (asked == null) {
			byte[] payload = to.payload(Questions.message(prepared.question()));
			if (log != null) {
				log.sends(to.shown(payload));
			}
			return this.engine.exchange(to.address(), payload, left, prepared.options()).thenApply((ended) -> {
				if (log != null) {
					log.ended(ended);
				}
				return to.result(ended);
			});
		}
		ModuleDialogue dialogue = asked.dialogue(to.target().address().toString(), left, to::payload);
		Dialogue said = (log != null) ? log.of(dialogue, asked::masked, to::shown) : dialogue;
		return exchanging.exchange(to.address(), prepared.options(), said)
				.handle((ended, failure) -> {
					if (failure != null) {
						throw new CompletionException(Questions.told(failure));
					}
					if (log != null) {
						log.ended(ended.datagramsSent());
					}
					return to.result(ended, new SendResult.Judged(asked,
							dialogue.judge(ended.outcome(), this.engine.hearsRefusals(prepared.options())),
							Math.max(0, ended.datagramsSent() - dialogue.followUps())));
				});
	}

	private CompletableFuture<Exchange> begin(Prepared prepared, InetSocketAddress remote, ExchangeOptions options,
			Dialogue dialogue) {
		ModuleRequest asked = Objects.requireNonNull(prepared.asked());
		return (prepared.localPort() == LocalPort.KEPT)
				? this.ports.exchange(this.engine, asked.module().name(), remote, options, dialogue)
				: this.engine.exchange(remote, options, dialogue);
	}

	private static CompletableFuture<SendResult> unsent(Throwable failure, Prepared prepared) {
		if (failure.getCause() instanceof UnsentException unsent) {
			SendResult result = unsent.result();
			return CompletableFuture.completedFuture(
					new SendResult(result.target(), result.timeout(), result.exchange(), prepared.unsent()));
		}
		return CompletableFuture.failedFuture(failure);
	}

	private SendResult told(SendResult result) {
		this.listener.exchanged(result);
		return result;
	}

	/**
	 * Checks what can be known of requests before their messages are there, and throws what {@link #send}
	 * would fail with. It waits for the target's name, for the request's time-out at most.
	 * @param request whose message does not count
	 */
	public void check(Request request) throws InterruptedException {
		Target target = target(request);
		ProbeModule module = this.questions.check(request.question(), target);
		ExchangeOptions options = Questions.options(request.options(), module);
		try {
			Await.result(this.addressing.address(target, timeout(request, module), Questions.version(module)));
		}
		catch (UnsentException _) {
			// An outcome, not an error: the name may have an address by the time of sending.
		}
		this.engine.check(options);
	}

}
