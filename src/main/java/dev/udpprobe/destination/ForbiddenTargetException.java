package dev.udpprobe.destination;

/**
 * The policy does not allow the target. Nothing was sent.
 */
public class ForbiddenTargetException extends RuntimeException {

	ForbiddenTargetException(String message) {
		super(message);
	}

}
