package dev.udpprobe.path;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import dev.udpprobe.exchange.Flow;
import dev.udpprobe.exchange.FlowDatagram;
import dev.udpprobe.outcome.IcmpMessage;
import dev.udpprobe.outcome.Outcome;

/**
 * Follows a path hop by hop: datagrams with a TTL of 1, 2, 3 ... of one flow, until one gets
 * to the target or is turned away for good. For one thread.
 */
public final class Trace {

	/** What a hop is asked with where no message is given, in bytes; a signature comes on top. */
	private static final int PAYLOAD = 40;

	private final Settings settings;

	private final BooleanSupplier stopped;

	private final TimeLimit time;

	private final Payloads payloads;

	/**
	 * How to trace.
	 *
	 * @param maxHops where to stop at the latest, 1 to 255
	 * @param maxSilent after how many hops in a row to stop of which nothing is heard, 1 or more
	 * @param tries how many datagrams to send with each TTL, 1 or more
	 * @param timeout how long to wait for answers to them
	 * @param maxTime how long the whole may take
	 */
	public record Settings(int maxHops, int maxSilent, int tries, Duration timeout, Duration maxTime) {}

	/**
	 * How a path ended.
	 *
	 * @param outcome the one at the last hop
	 * @param hops how many were asked
	 * @param why what ended the trace
	 */
	public record End(Outcome outcome, int hops, Why why) {}

	/**
	 * What ends a trace.
	 */
	public enum Why {

		/** The path itself: the target answered, or somebody said that datagrams go no further. */
		PATH,

		/** As many hops as may be. */
		MAX_HOPS,

		/** As many silent hops in a row as may be. */
		MAX_SILENT,

		/** No datagram left this host. */
		NOT_SENT,

		/** It was stopped, or ran out of time. */
		CUT

	}

	/**
	 * @param payloads those that the flow tells apart
	 * @param stopped whether to end early
	 */
	public Trace(Settings settings, Payloads payloads, BooleanSupplier stopped) {
		this.settings = settings;
		this.payloads = payloads;
		this.stopped = stopped;
		this.time = new TimeLimit(settings.maxTime());
	}

	public End run(Flow flow, Consumer<Hop> listener) throws InterruptedException {
		int silent = 0;
		for (int number = 1;; number++) {
			Hop hop = hop(flow, number);
			boolean cut = this.stopped.getAsBoolean() || this.time.isOver();
			listener.accept(hop);
			silent = (hop.outcome() instanceof Outcome.TimedOut) ? silent + 1 : 0;
			Why why = why(hop, silent, cut);
			if (why != null) {
				return new End(hop.outcome(), number, why);
			}
		}
	}

	/**
	 * @return null if the trace goes on
	 */
	private @Nullable Why why(Hop hop, int silent, boolean cut) {
		if (!hop.isPassed()) {
			return (hop.outcome() instanceof Outcome.NotSent) ? Why.NOT_SENT : Why.PATH;
		}
		if (cut) {
			return Why.CUT;
		}
		if (hop.number() == this.settings.maxHops()) {
			return Why.MAX_HOPS;
		}
		return (silent == this.settings.maxSilent()) ? Why.MAX_SILENT : null;
	}

	private Hop hop(Flow flow, int number) throws InterruptedException {
		flow.hopLimit(number);
		Duration timeout = this.time.within(this.settings.timeout());
		List<CompletableFuture<Answer>> sent = new ArrayList<>();
		for (int i = 0; i < this.settings.tries(); i++) {
			sent.add(this.payloads.send(flow, PAYLOAD, timeout).thenApply(Answer::to));
		}
		List<Answer> answers = new ArrayList<>();
		for (CompletableFuture<Answer> one : sent) {
			answers.add(Payloads.await(one));
		}
		List<Outcome> outcomes = answers.stream().map(Answer::outcome).toList();
		return new Hop(number, (int) answers.stream().filter(Answer::isSent).count(),
				List.copyOf(reporters(flow, outcomes)),
				outcomes.stream().map(Outcome::roundTrip).flatMap(Stream::ofNullable).toList(), farthest(outcomes));
	}

	/**
	 * What came of a datagram, without what was in the reply: it may be long, and waits for all the
	 * others.
	 */
	private record Answer(boolean isSent, Outcome outcome) {

		static Answer to(FlowDatagram datagram) {
			Outcome outcome = datagram.outcome();
			return new Answer(datagram.isSent(), (outcome instanceof Outcome.Replied replied)
					? replied.withoutReply()
					: outcome);
		}

	}

	private static Set<InetAddress> reporters(Flow flow, List<Outcome> outcomes) {
		Set<InetAddress> reporters = new LinkedHashSet<>();
		for (Outcome outcome : outcomes) {
			IcmpMessage icmp = outcome.icmp();
			InetAddress reporter = (icmp != null) ? icmp.reporter() : null;
			if (outcome instanceof Outcome.Replied) {
				reporter = flow.remote().getAddress();
			}
			if (reporter != null) {
				reporters.add(reporter);
			}
		}
		return reporters;
	}

	private static Outcome farthest(List<Outcome> outcomes) {
		return outcomes.stream().max(Comparator.comparingInt(Trace::distance)).orElseThrow();
	}

	private static int distance(Outcome outcome) {
		return switch (outcome) {
			case Outcome.Replied _ -> 5;
			case Outcome.Refused _ -> 4;
			case Outcome.Unreachable _,Outcome.TooBig _ -> 3;
			case Outcome.Expired _ -> 2;
			case Outcome.TimedOut _ -> 1;
			case Outcome.NotSent _,Outcome.Misaddressed _,Outcome.Mismatched _,Outcome.Unresolved _ -> 0;
		};
	}

}
