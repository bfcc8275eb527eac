package dev.udpprobe.destination;

/**
 * A name has no address, or none was found in time.
 */
public class UnresolvedException extends Exception {

	private final transient Target target;

	private final boolean shortage;

	UnresolvedException(Target target, String reason, boolean shortage) {
		super(reason);
		this.target = target;
		this.shortage = shortage;
	}

	/**
	 * @return whether nobody was asked, such as for want of threads or memory
	 */
	public boolean shortage() {
		return this.shortage;
	}

	public Target target() {
		return this.target;
	}

}
