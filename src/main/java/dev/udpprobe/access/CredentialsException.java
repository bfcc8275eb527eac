package dev.udpprobe.access;

/**
 * Somebody does not get in. What was tried stands nowhere in it.
 */
public final class CredentialsException extends RuntimeException {

	/**
	 * Why.
	 */
	public enum Why {

		/**
		 * Nobody has them.
		 */
		WRONG,

		/**
		 * Too many wrong ones came from the address, so they were not looked at, or are one more.
		 */
		TOO_MANY,

		/**
		 * So many passwords are checked that nobody comes to this one.
		 */
		BUSY

	}

	private final Why why;

	CredentialsException(Why why) {
		super(why.name());
		this.why = why;
	}

	public Why why() {
		return this.why;
	}

	/**
	 * @return after how many seconds it may be tried again
	 */
	public int retryAfterSeconds() {
		return (this.why == Why.TOO_MANY) ? Attempts.RETRY_AFTER_SECONDS : 1;
	}

}
