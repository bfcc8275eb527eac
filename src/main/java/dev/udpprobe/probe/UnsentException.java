package dev.udpprobe.probe;

/**
 * Nothing was sent: the target's name has no address, or this host sends nothing there.
 */
public class UnsentException extends RuntimeException {

	private final transient SendResult result;

	UnsentException(SendResult result) {
		super(result.outcome().kind().label());
		this.result = result;
	}

	/**
	 * @return the same as of an exchange
	 */
	public SendResult result() {
		return this.result;
	}

}
