package dev.udpprobe.destination;

/**
 * A name has no address, or none was found in time.
 */
public class UnresolvedException extends Exception {

	private final transient Target target;

	UnresolvedException(Target target, String reason) {
		super(reason);
		this.target = target;
	}

	public Target target() {
		return this.target;
	}

}
