package dev.udpprobe.probe;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import dev.udpprobe.auth.Signer;
import dev.udpprobe.destination.BadRequestException;
import dev.udpprobe.destination.Target;
import dev.udpprobe.exchange.Exchange;
import dev.udpprobe.exchange.ExchangeEngine;
import dev.udpprobe.exchange.ExchangeOptions;
import dev.udpprobe.exchange.NotSentException;
import dev.udpprobe.module.BadSettingException;
import dev.udpprobe.module.ModuleRequest;
import dev.udpprobe.module.ProbeModule;
import dev.udpprobe.path.Payloads;
import dev.udpprobe.probe.Questions.Question;

/**
 * Pings a target, by name. Safe for any number of threads.
 */
public final class Pinger {

	/** Without a module, a message or a size: the number and what tells it from others, in bytes. */
	private static final int LENGTH = 40;

	private final Questions questions;

	private final Addressing addressing;

	private final ExchangeEngine engine;

	private final ExchangeListener listener;

	private final PingLimits limits;

	/**
	 * Whom to ping, and how.
	 *
	 * @param target a configured name or host:port; null for the default target
	 * @param timeout how long to wait for each answer; null for the module's, or the default
	 * @param size of payloads in bytes, with what signs them, at least 1; null for the default
	 * @param question what to send; with neither a message nor a module, payloads that can be told apart
	 */
	public record Request(@Nullable String target, @Nullable Duration timeout, Ping.Settings settings,
			@Nullable Integer size, ExchangeOptions options, Question question) {}

	/**
	 * @param maxInFlight how many exchanges may be in flight, of which all pings together get half
	 */
	public Pinger(Questions questions, Addressing addressing, ExchangeEngine engine, ExchangeListener listener,
			int maxInFlight) {
		this.limits = new PingLimits(maxInFlight, Runtime.getRuntime().maxMemory());
		this.questions = questions;
		this.addressing = addressing;
		this.engine = engine;
		this.listener = listener;
	}

	/**
	 * Makes the payloads for one port.
	 */
	private interface Making {

		PingPayloads of(PingNumbers numbers);

	}

	/**
	 * Opens the sockets for a ping.
	 * @throws UnsentException if the target has no address, or this host sends nothing there
	 * @throws BadRequestException if a field has a value that is not taken
	 * @throws dev.udpprobe.destination.ForbiddenTargetException if the policy does not allow the target
	 * @throws dev.udpprobe.exchange.NoDetailException if the module needs detail of the kernel that is not available
	 * @throws dev.udpprobe.exchange.SaturatedException if too many exchanges are in flight, or pings hold too much
	 * @throws dev.udpprobe.exchange.LocalPortException if the local port that the options name cannot be used
	 */
	public Ping open(Request request) throws InterruptedException {
		Question question = request.question();
		Target target = this.addressing.target(request.target(), this.questions.port(question));
		ModuleRequest asked = this.questions.ask(question, target);
		ProbeModule module = (asked != null) ? asked.module() : null;
		ExchangeOptions options = Questions.pingOptions(request.options(), module);
		check(request, options, module);
		Duration timeout = this.addressing.timeout(request.timeout(), (module != null) ? module.timeout() : null);
		Addressing.Addressed to = Await
				.result(this.addressing.address(target, timeout, Questions.version(module)));
		Ping.Settings settings = request.settings();
		Making making = making(request, to, asked);
		int waiting = settings.waiting(timeout);
		Runnable release = this.limits.take(settings.count(),
				(asked != null) ? ModulePayloads.kept(settings, waiting) : 0,
				(asked != null) ? length(asked, to) : 0);
		Ping ping = new Ping(to, settings, asked, (numbers, strays, told) -> {
			PingFlow flow = new PingFlow(numbers, making.of(numbers),
					(datagram) -> this.listener.probed(target, datagram), strays, told);
			flow.open(waiting, this.limits.takeSocket(),
					(how) -> this.engine.open(to.address(), options, how));
			return flow;
		}, this.engine::isStopping, release);
		boolean opened = false;
		try {
			ping.open();
			opened = true;
			return ping;
		}
		catch (NotSentException ex) {
			throw new UnsentException(to.result(Exchange.unsent(ex.remote(), ex.outcome())));
		}
		finally {
			if (!opened) {
				ping.close();
			}
		}
	}

	/**
	 * Asks once, to hear now what cannot be said; from the target's own address, which is of the same family.
	 * @return of the datagram, in bytes
	 */
	private static int length(ModuleRequest asked, Addressing.Addressed to) {
		try {
			return asked.ask(to.target().address().toString(), to.address()).datagram().length;
		}
		catch (BadSettingException ex) {
			throw Questions.bad(ex);
		}
	}

	private static void check(Request request, ExchangeOptions options, @Nullable ProbeModule module) {
		boolean fresh = request.settings().fresh();
		boolean several = request.settings().flows() > 1;
		if (several && fresh) {
			throw new BadRequestException("flows", "it takes ports that are kept; leave out fresh");
		}
		if (options.sourcePort() != null && (several || fresh)) {
			throw new BadRequestException(fresh ? "fresh" : "flows",
					"it takes other ports than %d, the only one to send from; %s".formatted(options.sourcePort(),
							(request.options().sourcePort() != null || module == null)
									? "leave out sourcePort"
									: "the module " + module.name() + " names it"));
		}
		if (request.size() != null && (module != null || request.question().message() != null)) {
			throw new BadRequestException("size", "%s says how long a datagram is"
					.formatted((module != null) ? "the module " + module.name() : "the message"));
		}
	}

	private static Making making(Request request, Addressing.Addressed to, @Nullable ModuleRequest asked) {
		byte[] message = request.question().message();
		if (asked != null) {
			String named = to.target().address().toString();
			return (numbers) -> new ModulePayloads(asked, named, to::payload, to.timeout(), numbers);
		}
		if (message != null) {
			PingPayloads same = new PingPayloads.Same(to::payload, message, to.timeout());
			return (_) -> same;
		}
		PingPayloads numbered = numbered(request.size(), to);
		return (_) -> numbered;
	}

	private static PingPayloads numbered(@Nullable Integer size, Addressing.Addressed to) {
		Signer signer = to.target().signer();
		Payloads payloads = new Payloads(signer, null);
		if (size != null && size <= payloads.signature()) {
			throw new BadRequestException("size",
					"it takes at least %d bytes for this target, of which %d sign the rest"
							.formatted(payloads.signature() + 1, payloads.signature()));
		}
		int length = (size != null) ? size - payloads.signature() : LENGTH;
		return new PingPayloads.Numbered(payloads, length, to.timeout());
	}

}
