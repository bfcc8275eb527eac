package dev.udpprobe.monitor;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import dev.udpprobe.module.ModuleSpec.LocalPort;

/**
 * How a target is monitored.
 *
 * @param interval from one round to the next: 100 ms to 1 day, or 0 for no rounds
 * @param timeout how long an answer is waited for; null for the module's, or the default. It is never longer than nine tenths of
 * the interval, so that a round ends before the next one
 * @param rise how many rounds in a row have to pass until a target that is down is up: 1 to 100
 * @param fall how many have to fail until a target that is up is down: 1 to 100
 * @param port whether each round leaves from a fresh local port, or all from one that is kept; null for the module's
 */
public record RoundSettings(Duration interval, @Nullable Duration timeout, int rise, int fall,
		@Nullable LocalPort port) {

	public static final Duration MIN_INTERVAL = Duration.ofMillis(100);

	public static final Duration MAX_INTERVAL = Duration.ofDays(1);

	/**
	 * Of a target that is asked by hand only.
	 */
	public static final RoundSettings BY_HAND = new RoundSettings(Duration.ZERO, null, 1, 1, null);

	/**
	 * @return whether it has no rounds
	 */
	public boolean isByHand() {
		return this.interval.isZero();
	}

	/**
	 * @return how long a round may take in all, with the look-up of the name
	 */
	Duration limit() {
		return this.interval.multipliedBy(9).dividedBy(10);
	}

}
