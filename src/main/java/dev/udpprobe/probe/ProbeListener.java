package dev.udpprobe.probe;

import dev.udpprobe.outcome.Outcome;

/**
 * Hears of every probe. Called by any thread, so it must be quick and safe for many threads at once.
 */
public interface ProbeListener {

	/**
	 * @param module its name, which is a configured one
	 * @param success whether what came is good
	 */
	default void probed(String module, Outcome.Kind outcome, boolean success) {}

	/**
	 * A module was asked for that there is not.
	 */
	default void unknownModule() {}

}
