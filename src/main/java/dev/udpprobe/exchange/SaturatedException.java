package dev.udpprobe.exchange;

/**
 * As many exchanges are in flight as may be; this one was not begun.
 */
public class SaturatedException extends RuntimeException {

	/**
	 * @param message a sentence that says what is used up
	 */
	public SaturatedException(String message) {
		super(message);
	}

}
