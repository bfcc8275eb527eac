package dev.udpprobe.probe;

/**
 * There is no path to look at: the target has no address, or this host sends nothing there.
 */
public class PathException extends Exception {

	private final transient SendResult result;

	PathException(SendResult result) {
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
