package dev.udpprobe.outcome;

import dev.udpprobe.net.Labelled;

/**
 * The kinds of {@link Outcome}, for whoever counts them.
 */
public enum OutcomeKind implements Labelled {

	REPLIED, REFUSED, UNREACHABLE, EXPIRED, MISADDRESSED, TOO_BIG, NOT_SENT, UNRESOLVED, TIMED_OUT;

}
