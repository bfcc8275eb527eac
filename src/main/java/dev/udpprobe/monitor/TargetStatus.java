package dev.udpprobe.monitor;

import java.net.InetAddress;
import java.time.Instant;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.udpprobe.outcome.Outcome;

/**
 * How a target is now.
 *
 * @param since when it came to be in this state; where it is unknown, since the monitor has it, or none can begin
 * @param flapping whether its state changes all the time
 * @param problem why it is not probed, in a clause; null if nothing is in the way
 * @param last its last round; null before the first has ended
 * @param outcomes how many rounds had each outcome, of those that occurred
 * @param failed how many rounds failed, whatever their outcome
 * @param replies how many rounds were replied to
 * @param roundTripNanos the sum of their round trips
 * @param roundTrips how many there were of each length; null where they are not counted so
 * @param changes how often its state changed; from unknown is no change
 * @param changed when its state changed last; null if never
 * @param address where it was last, without a port; null before it was resolved
 * @param addressChanges how often its name came to have another address
 */
public record TargetStatus(TargetSpec spec, State state, Instant since, boolean flapping, @Nullable String problem,
		@Nullable Round last, Map<Outcome.Kind, Long> outcomes, long failed, long replies, long roundTripNanos,
		@Nullable HistogramCounts roundTrips, Loss loss, long changes, @Nullable Instant changed,
		@Nullable InetAddress address, long addressChanges) {

	/**
	 * Which part of the rounds was not replied to: 0 to 1; not a number where there was no round. The windows are exact to ten
	 * seconds.
	 */
	public record Loss(double oneMinute, double tenMinutes, double oneHour) {}

}
