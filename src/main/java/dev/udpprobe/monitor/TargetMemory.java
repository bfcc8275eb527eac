package dev.udpprobe.monitor;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

import dev.udpprobe.outcome.IcmpMessage;
import dev.udpprobe.outcome.Outcome;
import dev.udpprobe.outcome.RoundTrip;
import dev.udpprobe.probe.SendResult;

/**
 * What is remembered of one target, in some kilobytes. Safe for any number of threads.
 */
final class TargetMemory {

	private static final int MAX_CHANGES = 10;

	private static final int MAX_ERRORS = 8;

	/** In characters. */
	private static final int MAX_REASON = 160;

	private final RoundRing rounds = new RoundRing();

	private final LossWindow losses = new LossWindow(millis());

	private final Flapping flaps = new Flapping();

	private final LastFew<TargetHistory.StateChange> changes = new LastFew<>(MAX_CHANGES);

	private final LastFew<TargetHistory.IcmpError> errors = new LastFew<>(MAX_ERRORS);

	private final LastFew<TargetHistory.AddressChange> addresses = new LastFew<>(MAX_ERRORS);

	private State state = State.UNKNOWN;

	private Instant since;

	private @Nullable String problem;

	private final LastRound last = new LastRound();

	private @Nullable InetAddress address;

	private @Nullable Instant changed;

	private long failed;

	private long replies;

	private long roundTripNanos;

	private final @Nullable Histogram roundTrips;

	private long changeCount;

	private long addressChanges;

	/** Rounds that passed, or failed, in a row up to now. */
	private int alike;

	/**
	 * @param histogram whether there is one of its round trips
	 */
	TargetMemory(Instant since, boolean histogram) {
		this.since = since;
		this.roundTrips = histogram ? new Histogram(RoundTrip.BOUNDS) : null;
	}

	/**
	 * A clock that nobody sets.
	 */
	private static long millis() {
		return System.nanoTime() / 1_000_000;
	}

	/**
	 * What follows from a round.
	 *
	 * @param change of the state; null if there is none
	 * @param rounds how many in a row turned the state
	 * @param flapping whether the target is flapping now
	 * @param turned whether that has begun or ended with this round
	 * @param moved to another address; null if it has not
	 */
	record News(TargetHistory.@Nullable StateChange change, int rounds, boolean flapping, boolean turned, State state,
			TargetHistory.@Nullable AddressChange moved) {}

	/**
	 * @param result judged
	 */
	synchronized News add(Instant time, SendResult result, RoundSettings settings) {
		Round round = new Round(time, result);
		Outcome outcome = result.outcome();
		this.alike = (!this.last.isNone() && this.last.pass() == round.pass()) ? this.alike + 1 : 1;
		this.last.set(round);
		this.problem = null;
		this.rounds.add(round);
		this.failed += round.pass() ? 0 : 1;
		// Where silence is good, it is no loss.
		this.losses.add(outcome instanceof Outcome.Replied || round.pass(), millis());
		RoundTrip roundTrip = outcome.roundTrip();
		if (outcome instanceof Outcome.Replied && roundTrip != null) {
			this.replies++;
			this.roundTripNanos += roundTrip.nanos();
			if (this.roundTrips != null) {
				this.roundTrips.add(roundTrip.nanos());
			}
		}
		IcmpMessage icmp = outcome.icmp();
		if (icmp != null) {
			this.errors.add(new TargetHistory.IcmpError(time, icmp));
		}
		TargetHistory.StateChange change = turn(round, settings);
		boolean turned = this.flaps.add(change != null);
		return new News(change, this.alike, this.flaps.isFlapping(), turned, this.state, move(round));
	}

	/**
	 * The first round decides alone.
	 */
	private TargetHistory.@Nullable StateChange turn(Round round, RoundSettings settings) {
		State next = round.pass() ? State.UP : State.DOWN;
		int needed = (this.state == State.UNKNOWN) ? 1 : round.pass() ? settings.rise() : settings.fall();
		if (next == this.state || this.alike < needed) {
			return null;
		}
		TargetHistory.StateChange change = new TargetHistory.StateChange(round.time(), this.state, next,
				shortened(round.sentence()));
		this.changes.add(change);
		if (this.state != State.UNKNOWN) {
			this.changeCount++;
			this.changed = round.time();
		}
		this.state = next;
		this.since = round.time();
		return change;
	}

	/** A peer's text may be in it. */
	private static String shortened(String sentence) {
		return (sentence.length() <= MAX_REASON) ? sentence : sentence.substring(0, MAX_REASON) + "...";
	}

	private TargetHistory.@Nullable AddressChange move(Round round) {
		InetSocketAddress remote = round.result().exchange().remote();
		if (remote == null) {
			return null;
		}
		InetAddress former = this.address;
		if (remote.getAddress().equals(former)) {
			return null;
		}
		this.address = remote.getAddress();
		if (former == null) {
			return null;
		}
		TargetHistory.AddressChange moved = new TargetHistory.AddressChange(round.time(), former, this.address);
		this.addressChanges++;
		this.addresses.add(moved);
		return moved;
	}

	/**
	 * @return whether no round has ended yet
	 */
	synchronized boolean isNew() {
		return this.last.isNone();
	}

	/**
	 * Nobody knows any more how it is.
	 * @param problem why no round can begin
	 * @return whether that is news
	 */
	synchronized boolean cannotBegin(Instant time, String problem) {
		if (this.state != State.UNKNOWN) {
			this.changes.add(new TargetHistory.StateChange(time, this.state, State.UNKNOWN, shortened(problem)));
			this.state = State.UNKNOWN;
			this.since = time;
		}
		String told = shortened(problem);
		boolean news = !told.equals(this.problem);
		this.problem = told;
		return news;
	}

	synchronized State state(TargetSpec spec) {
		return spec.rounds().isByHand() ? State.BY_HAND : this.state;
	}

	synchronized TargetHistory.NewRounds roundsSince(TargetHistory.@Nullable Mark told, int max) {
		return this.rounds.since(told, max);
	}

	synchronized TargetStatus status(TargetSpec spec) {
		return new TargetStatus(spec, state(spec), this.since,
				this.flaps.isFlapping(), this.problem,
				this.last.round(spec), this.rounds.outcomes(),
				this.failed, this.replies, this.roundTripNanos,
				(this.roundTrips != null) ? this.roundTrips.counts() : null, this.losses.loss(millis()),
				this.changeCount,
				this.changed, this.address, this.addressChanges);
	}

	synchronized TargetHistory history() {
		return new TargetHistory(this.rounds.rounds(), this.rounds.roundTrips(),
				this.rounds.jitterNanos(),
				this.changes.all(), this.errors.all(), this.addresses.all());
	}

}
