package dev.udpprobe.destination;

/**
 * A name has no address, or none was found in time.
 */
public class UnresolvedException extends Exception {

	private final String reason;

	UnresolvedException(String reason) {
		super(reason);
		this.reason = reason;
	}

	public String reason() {
		return this.reason;
	}

}
