package dev.udpprobe.exchange;

import org.jspecify.annotations.Nullable;

/**
 * What was asked for takes detail of the kernel that is not available. Nothing was sent.
 */
public class NoDetailException extends RuntimeException {

	private final @Nullable String option;

	/**
	 * @param option which one takes it, or null if all of it does
	 * @param reason a clause that says what is missing
	 */
	NoDetailException(@Nullable String option, String reason) {
		super(reason);
		this.option = option;
	}

	public @Nullable String option() {
		return this.option;
	}

}
