package dev.udpprobe.exchange;

/**
 * There is no room for what was asked, such as an exchange where as many are in flight as may be. It was not begun.
 */
public class SaturatedException extends RuntimeException {

	/**
	 * @param message a sentence that says what is used up
	 */
	public SaturatedException(String message) {
		super(message);
	}

}
