package dev.udpprobe.exchange;

/**
 * The local port that was asked for cannot be used. Nothing was sent.
 */
public class LocalPortException extends RuntimeException {

	/**
	 * @param reason a clause that says why
	 */
	LocalPortException(int port, String reason) {
		super("the local port %d cannot be used: %s".formatted(port, reason));
	}

}
