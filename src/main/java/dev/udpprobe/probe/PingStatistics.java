package dev.udpprobe.probe;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import dev.udpprobe.outcome.Outcome;

/**
 * Counts what comes of a ping, in the order in which it becomes known. For one thread.
 */
final class PingStatistics {

	/** RFC 3550 6.4.1: noise goes down, and yet it follows what changes. */
	private static final double JITTER_GAIN = 1.0 / 16;

	private final boolean ordered;

	private final boolean judges;

	private final OfFlow[] flows;

	private final Tally all = new Tally();

	private final Map<Outcome.Kind, Integer> outcomes = new EnumMap<>(Outcome.Kind.class);

	private int reordered;

	private int failed;

	private int differences;

	private double jitterNanos;

	/**
	 * @param judges whether a module judges answers
	 */
	PingStatistics(Ping.Settings settings, boolean judges) {
		// From one port to the next, order and jitter say nothing.
		this.ordered = !settings.fresh();
		this.judges = judges;
		this.flows = new OfFlow[settings.flows()];
		Arrays.setAll(this.flows, (_) -> new OfFlow());
	}

	/**
	 * Datagrams and their round trips.
	 */
	private static final class Tally {

		private long[] nanos = new long[16];

		private int sent;

		private int received;

		private int refused;

		private void add(Pinged pinged) {
			this.sent += pinged.sent() ? 1 : 0;
			this.refused += (pinged.outcome() instanceof Outcome.Refused) ? 1 : 0;
			if (pinged.outcome() instanceof Outcome.Replied replied) {
				if (this.received == this.nanos.length) {
					this.nanos = Arrays.copyOf(this.nanos, 2 * this.received);
				}
				this.nanos[this.received++] = replied.roundTrip().nanos();
			}
		}

		private @Nullable RoundTrips roundTrips() {
			return RoundTrips.of(Arrays.copyOf(this.nanos, this.received));
		}

	}

	/**
	 * Those from one local port, whose order tells something.
	 */
	private static final class OfFlow {

		private final Tally tally = new Tally();

		private int localPort;

		/** RFC 4737 3.3: what comes next if nothing is reordered. */
		private int expected;

		private long lastNanos;

		private PingSummary.OfFlow summary() {
			return new PingSummary.OfFlow(this.localPort, this.tally.sent, this.tally.received, this.tally.refused,
					this.tally.roundTrips());
		}

	}

	void add(Pinged pinged) {
		OfFlow flow = this.flows[pinged.flow()];
		this.outcomes.merge(pinged.outcome().kind(), 1, Integer::sum);
		if (pinged.local() != null) {
			flow.localPort = pinged.local().getPort();
		}
		if (pinged.outcome() instanceof Outcome.Replied replied) {
			if (this.ordered) {
				answered(flow, pinged.number(), replied.roundTrip().nanos());
			}
			this.failed += (pinged.judgement() != null && !pinged.judgement().pass()) ? 1 : 0;
		}
		flow.tally.add(pinged);
		this.all.add(pinged);
	}

	private void answered(OfFlow flow, int number, long nanos) {
		if (number < flow.expected) {
			this.reordered++;
		}
		flow.expected = Math.max(flow.expected, number + 1);
		if (flow.tally.received > 0) {
			this.differences++;
			this.jitterNanos += (Math.abs(nanos - flow.lastNanos) - this.jitterNanos) * JITTER_GAIN;
		}
		flow.lastNanos = nanos;
	}

	/**
	 * @param others that came
	 * @param elapsed from the first datagram until now
	 */
	PingSummary summary(PingSummary.Others others, Duration elapsed) {
		return new PingSummary(this.all.sent, this.all.received, others, this.reordered, this.all.refused,
				this.judges ? this.failed : null, this.all.roundTrips(),
				(this.differences > 0) ? this.jitterNanos : null,
				Collections.unmodifiableMap(new EnumMap<>(this.outcomes)), elapsed,
				(this.flows.length > 1) ? Stream.of(this.flows).map(OfFlow::summary).toList() : List.of());
	}

}
