package dev.udpprobe.exchange;

/**
 * An option takes what this system, or this process, does not have. Nothing was sent.
 */
public class UnsupportedOptionException extends RuntimeException {

	private final String option;

	/**
	 * @param reason a clause that says what is missing
	 */
	public UnsupportedOptionException(String option, String reason) {
		super(reason);
		this.option = option;
	}

	public String option() {
		return this.option;
	}

}
