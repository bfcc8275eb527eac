package dev.udpprobe.exchange;

/**
 * As many exchanges are in flight as may be; this one was not begun.
 */
public class SaturatedException extends RuntimeException {

	SaturatedException(String message) {
		super(message);
	}

}
