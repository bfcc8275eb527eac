package dev.udpprobe.outcome;

import java.util.Locale;

/**
 * The kinds of {@link Outcome}, for whoever counts them.
 */
public enum OutcomeKind {

	REPLIED, REFUSED, UNREACHABLE, EXPIRED, MISADDRESSED, TOO_BIG, NOT_SENT, UNRESOLVED, TIMED_OUT;

	private final String label = name().toLowerCase(Locale.ROOT).replace('_', '-');

	/**
	 * @return the kind's name in answers and metrics, for example {@code timed-out}
	 */
	public String label() {
		return this.label;
	}

}
