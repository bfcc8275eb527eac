package dev.udpprobe.destination;

/**
 * The policy does not allow the target. Nothing was sent.
 */
public class ForbiddenTargetException extends RuntimeException {

	public ForbiddenTargetException(String message) {
		super(message);
	}

}
