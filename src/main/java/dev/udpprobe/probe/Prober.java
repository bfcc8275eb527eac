package dev.udpprobe.probe;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import org.jspecify.annotations.Nullable;

import dev.udpprobe.destination.BadRequestException;
import dev.udpprobe.exchange.ExchangeOptions;
import dev.udpprobe.probe.Questions.Question;

/**
 * Probes targets by modules. Safe for any number of threads.
 */
public final class Prober {

	private final Questions questions;

	private final Sender sender;

	private final ProbeHistory history;

	private final ProbeListener listener;

	/**
	 * What several may share.
	 *
	 * @param discreet whether all of them are told the same of a name that may not be sent to
	 */
	private record Checked(Request request, boolean discreet) {}

	private final ConcurrentMap<Checked, CompletableFuture<SendResult>> checks = new ConcurrentHashMap<>();

	public Prober(Questions questions, Sender sender, ProbeHistory history, ProbeListener listener) {
		this.questions = questions;
		this.sender = sender;
		this.history = history;
		this.listener = listener;
	}

	/**
	 * Whom to ask, and what.
	 *
	 * @param target a configured name or host:port, or a host where the module knows the port; null for the default target
	 * @param module its name; null for the target's
	 * @param settings values of the module's settings, by name
	 * @param timeout how long an answer is waited for; null for the module's, or the default
	 */
	public record Request(@Nullable String target, @Nullable String module, Map<String, String> settings,
			@Nullable Duration timeout) {

		public Request {
			settings = Map.copyOf(settings);
		}

		private Sender.Request within(@Nullable Duration limit) {
			return new Sender.Request(new Question(null, this.module, this.settings), this.target, this.timeout,
					ExchangeOptions.CONNECTED, limit);
		}

	}

	/**
	 * @param module the name that is asked for; null for the target's
	 * @throws UnknownModuleException if there is none, which is counted
	 */
	public void checkModule(@Nullable String module) {
		if (module != null && !this.questions.knows(module)) {
			this.listener.unknownModule();
			throw new UnknownModuleException(module);
		}
	}

	/**
	 * Probes once, and remembers how it went.
	 * @param limit of the whole probe, with the look-up of the name; positive
	 * @return it fails, or throws, as {@link Sender#send} does
	 * @throws BadRequestException if neither the request nor its target has a module, too
	 */
	public CompletableFuture<Probe> probe(Request request, Duration limit) {
		ProbeLog log = new ProbeLog();
		Instant begun = Instant.now();
		Sender.Prepared prepared = prepared(request.within(limit));
		return judged(prepared, log).thenApply((result) -> {
			Probe probe = new Probe(String.valueOf(request.target()), begun, log.elapsed(), prepared.timeout(), result,
					log);
			this.history.add(probe);
			return probe;
		});
	}

	/**
	 * Probes once, without a log. Who asks the same while it is under way gets the same result.
	 * @return it fails as {@link #probe} does, or throws
	 */
	public CompletableFuture<SendResult> check(Request request) {
		Sender.Prepared prepared = prepared(request.within(null));
		Checked checked = new Checked(request, prepared.target().isDiscreet());
		CompletableFuture<SendResult> own = new CompletableFuture<>();
		CompletableFuture<SendResult> known = this.checks.putIfAbsent(checked, own);
		if (known != null) {
			return known.copy();
		}
		try {
			var _ = judged(prepared, null).whenComplete((result, failure) -> {
				this.checks.remove(checked, own);
				complete(own, result, failure);
			});
		}
		catch (RuntimeException | Error ex) {
			this.checks.remove(checked, own);
			own.completeExceptionally(ex);
		}
		return own.copy();
	}

	private static void complete(CompletableFuture<SendResult> future, SendResult result, @Nullable Throwable failure) {
		if (failure != null) {
			future.completeExceptionally(Questions.told(failure));
		}
		else {
			future.complete(result);
		}
	}

	private Sender.Prepared prepared(Sender.Request request) {
		Sender.Prepared prepared = prepare(request);
		if (prepared.asked() == null) {
			throw new BadRequestException("module",
					"it is missing, and the target has none of its own; GET /modules lists them");
		}
		return prepared;
	}

	/**
	 * The message is a setting like others, because a probe has no field for it.
	 */
	private Sender.Prepared prepare(Sender.Request request) {
		try {
			return this.sender.prepare(request);
		}
		catch (BadRequestException ex) {
			throw ex.field().equals(Questions.MESSAGE)
					? new BadRequestException("module." + Questions.MESSAGE, String.valueOf(ex.getMessage()))
					: ex;
		}
	}

	private CompletableFuture<SendResult> judged(Sender.Prepared prepared, @Nullable ProbeLog log) {
		return this.sender.send(prepared, log).thenApply((result) -> {
			SendResult.Judged judged = result.judged();
			if (judged != null) {
				this.listener.probed(judged.request().module().name(), result.outcome().kind(),
						judged.judgement().pass());
			}
			return result;
		});
	}

}
