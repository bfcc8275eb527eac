package dev.udpprobe.monitor;

import org.jspecify.annotations.Nullable;

/**
 * Hears of what changes. Called by threads that must not wait.
 */
public interface MonitorListener {

	/**
	 * The state of a target has changed. Not told while it flaps.
	 * @param rounds how many in a row turned it
	 */
	default void changed(TargetSpec target, TargetHistory.StateChange change, int rounds) {}

	/**
	 * The state of a target changes all the time, or no longer does.
	 * @param now its state
	 */
	default void flapping(TargetSpec target, boolean flapping, State now) {}

	/**
	 * The name of a target has another address.
	 */
	default void moved(TargetSpec target, TargetHistory.AddressChange change) {}

	/**
	 * A round of a target could not begin, or be ended.
	 * @param problem a clause
	 * @param cause null where the configuration is wrong, and the problem has not been told yet
	 */
	default void cannotBegin(TargetSpec target, String problem, @Nullable Throwable cause) {}

}
