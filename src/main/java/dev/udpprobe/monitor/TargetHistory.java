package dev.udpprobe.monitor;

import java.net.InetAddress;
import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.udpprobe.outcome.IcmpMessage;
import dev.udpprobe.outcome.Outcome;
import dev.udpprobe.probe.RoundTrips;

/**
 * What is remembered of a target.
 *
 * @param rounds the last ones, at most 360, in their order
 * @param roundTrips of those rounds; null if none was replied to
 * @param jitterNanos how much round trips vary from one to the next (RFC 3550 6.4.1); null with fewer than two
 * @param changes the last ones of its state, in their order
 * @param errors the last ones, in their order
 * @param addresses the last changes of its address, in their order
 */
public record TargetHistory(List<PastRound> rounds, @Nullable RoundTrips roundTrips, @Nullable Double jitterNanos,
		List<StateChange> changes, List<IcmpError> errors, List<AddressChange> addresses) {

	/**
	 * A round of which the most is forgotten.
	 *
	 * @param time when it began
	 * @param roundTripNanos until a datagram or an ICMP error came back; not a number if nothing did
	 */
	public record PastRound(Instant time, Outcome.Kind outcome, boolean pass, double roundTripNanos) {}

	/**
	 * Up to where somebody was told of rounds.
	 *
	 * @param memory of whom: a target that comes to be asked in another way is remembered anew
	 * @param count how many rounds there had been
	 */
	public record Mark(Object memory, long count) {

		/**
		 * @param former null if there was none
		 * @return whether what was told then is of another memory than this
		 */
		public boolean isAnew(@Nullable Mark former) {
			return former != null && !former.memory.equals(this.memory);
		}

	}

	/**
	 * The rounds since some time.
	 *
	 * @param rounds the last ones of them, in their order
	 * @param mark up to where that is
	 */
	public record NewRounds(List<PastRound> rounds, Mark mark) {}

	/**
	 * Another state than before.
	 *
	 * @param reason what came of the round that turned it, in a sentence
	 */
	public record StateChange(Instant time, State from, State to, String reason) {}

	/**
	 * An ICMP error that came back.
	 */
	public record IcmpError(Instant time, IcmpMessage message) {}

	/**
	 * The name has come to have another address.
	 */
	public record AddressChange(Instant time, InetAddress from, InetAddress to) {}

}
