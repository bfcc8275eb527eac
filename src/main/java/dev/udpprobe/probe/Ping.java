package dev.udpprobe.probe;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import dev.udpprobe.destination.Target;
import dev.udpprobe.exchange.Exchange;
import dev.udpprobe.exchange.FlowSettings;
import dev.udpprobe.exchange.LocalPortException;
import dev.udpprobe.exchange.NotSentException;
import dev.udpprobe.exchange.SaturatedException;
import dev.udpprobe.module.ModuleRequest;
import dev.udpprobe.module.Judgement;
import dev.udpprobe.outcome.Outcome;

/**
 * Datagrams to one target, each at its time, and what comes of them. A thread of its own sends them, whatever
 * the one that runs this does meanwhile. For one thread.
 */
public final class Ping implements AutoCloseable {

	private static final Duration IDLE = Duration.ofMillis(100);

	/** Of what answers say, in bytes, as long as nobody takes it. */
	private static final int MAX_HELD = 1 << 18;

	private final Addressing.Addressed to;

	private final Settings settings;

	private final @Nullable ModuleRequest asked;

	private final Opening opening;

	private final BooleanSupplier stopped;

	private final Runnable release;

	private final PingFlow.Strays strays = new PingFlow.Strays();

	/** Those with a port that is kept, or the first one. */
	private final List<PingFlow> flows = new ArrayList<>();

	private final Set<PingFlow> open = ConcurrentHashMap.newKeySet();

	private final BlockingQueue<Pinged> over = new LinkedBlockingQueue<>();

	/** Bytes of what answers say that nobody has taken yet. */
	private final AtomicLong held = new AtomicLong();

	/**
	 * When to send, and from where.
	 *
	 * @param count how many datagrams, at least 1
	 * @param interval from one to the next, positive
	 * @param flows how many local ports they leave from in turn, at least 1; no more than datagrams
	 * @param fresh whether each leaves from a port of its own; then there is one flow
	 */
	public record Settings(int count, Duration interval, int flows, boolean fresh) {

		/** More than become due while a machine stalls. */
		private static final int SLACK = 1_024;

		public Settings {
			flows = Math.min(flows, count);
		}

		/**
		 * @param timeout of each
		 * @return how many may wait for their answers at one port
		 */
		int waiting(Duration timeout) {
			long each = this.interval.toNanos() * this.flows;
			return (int) Math.min(FlowSettings.MAX_WINDOW, 2 * timeout.toNanos() / each + SLACK);
		}

	}

	/**
	 * Opens what a port needs.
	 */
	interface Opening {

		PingFlow open(PingNumbers numbers, PingFlow.Strays strays, Consumer<Pinged> told) throws NotSentException;

	}

	/**
	 * @param asked what a module asks; null without one
	 * @param stopped whether to end early
	 * @param release runs when all is closed
	 */
	Ping(Addressing.Addressed to, Settings settings, @Nullable ModuleRequest asked, Opening opening,
			BooleanSupplier stopped, Runnable release) {
		this.release = release;
		this.to = to;
		this.settings = settings;
		this.asked = asked;
		this.opening = opening;
		this.stopped = stopped;
	}

	/**
	 * Opens what has to be open before anything is sent. To be called once.
	 */
	void open() throws NotSentException {
		for (int flow = 0; flow < this.settings.flows(); flow++) {
			int last = this.settings.count() - 1 - flow;
			this.flows.add(this.settings.fresh()
					? fresh(0)
					: open(new PingNumbers(flow, flow, this.settings.flows(),
							Math.max(1, last / this.settings.flows() + 1)), this::tell));
		}
	}

	private PingFlow fresh(int number) throws NotSentException {
		PingFlow[] own = new PingFlow[1];
		own[0] = open(new PingNumbers(0, number, 1, 1), (pinged) -> {
			own[0].close();
			this.open.remove(own[0]);
			tell(pinged);
		});
		return own[0];
	}

	private PingFlow open(PingNumbers numbers, Consumer<Pinged> told) throws NotSentException {
		PingFlow flow = this.opening.open(numbers, this.strays, told);
		this.open.add(flow);
		return flow;
	}

	public InetSocketAddress remote() {
		return this.to.address();
	}

	/**
	 * @return the address that the first datagram leaves from
	 */
	public InetSocketAddress local() {
		return this.flows.getFirst().local();
	}

	public Target target() {
		return this.to.target();
	}

	/**
	 * @return bytes of each payload, with what signs them; 0 where a module says it each time
	 */
	public int length() {
		return this.flows.getFirst().bytes();
	}

	public Settings settings() {
		return this.settings;
	}

	/**
	 * @return the module that asks; null without one
	 */
	public @Nullable ModuleRequest asked() {
		return this.asked;
	}

	/**
	 * @return what came of a datagram as that of an exchange that sent nothing: datagrams are reported one by one
	 */
	public SendResult result(Pinged pinged) {
		Exchange exchange = new Exchange(remote(), pinged.local(), 0, 0, List.of(), pinged.strays(), pinged.outcome());
		Judgement judgement = pinged.judgement();
		// Where the ping was ended, it waited for less than its time-out.
		Duration waited = (pinged.waited().compareTo(this.to.timeout()) < 0) ? pinged.waited() : this.to.timeout();
		return this.to.within(waited).result(exchange, (this.asked != null && judgement != null)
				? new SendResult.Judged(this.asked, judgement, 1)
				: null);
	}

	/**
	 * @return the numbers of the datagrams, from 0, that were answered again since this was last asked, each as often as it was; of
	 * very many the first ones. For any thread.
	 */
	public List<Integer> takeDuplicated() {
		return this.strays.takeDuplicated();
	}

	/**
	 * Sends all of them, the first one at once. To be called once.
	 * @param lines hears what came of each as soon as it is known. What it throws ends the ping
	 * @param idle runs now and then while there is nothing to hear, with the same effect
	 * @return what came of all
	 */
	public PingSummary run(Consumer<Pinged> lines, Runnable idle) throws InterruptedException {
		PingStatistics statistics = new PingStatistics(this.settings, this.asked != null);
		long startNanos = System.nanoTime();
		Pacer pacer = new Pacer("udp-ping", this.settings.count(), this.settings.interval(), this::send, this.stopped);
		pacer.start();
		try {
			for (int told = 0; told < pacer.count();) {
				Pinged pinged = this.over.poll(IDLE.toMillis(), TimeUnit.MILLISECONDS);
				if (pinged == null) {
					idle.run();
					continue;
				}
				this.held.addAndGet(-pinged.held());
				statistics.add(pinged);
				lines.accept(pinged);
				told++;
			}
		}
		finally {
			pacer.stop();
		}
		pacer.check();
		return statistics.summary(this.strays.count(), Duration.ofNanos(System.nanoTime() - startNanos));
	}

	private void send(int number) {
		int flow = number % this.settings.flows();
		try {
			PingFlow from = (this.settings.fresh() && number > 0) ? fresh(number) : this.flows.get(flow);
			from.send(number);
		}
		catch (NotSentException ex) {
			tell(Pinged.unsent(number, flow, ex.outcome()));
		}
		catch (SaturatedException | LocalPortException ex) {
			tell(Pinged.unsent(number, flow, new Outcome.NotSent(String.valueOf(ex.getMessage()))));
		}
	}

	private void tell(Pinged pinged) {
		boolean fits = this.held.addAndGet(pinged.held()) <= MAX_HELD;
		this.over.add(fits ? pinged : pinged.withVerdictAlone());
	}

	/**
	 * Closes all sockets.
	 */
	@Override
	public void close() {
		this.open.forEach(PingFlow::close);
		this.release.run();
	}

}
