package dev.udpprobe.destination;

/**
 * What a request names is no target.
 */
public class UnknownTargetException extends RuntimeException {

	/**
	 * @param message a sentence that says what a target is
	 */
	UnknownTargetException(String message) {
		super(message);
	}

}
