package dev.udpprobe.destination;

/**
 * Whether whoever asks in this thread must not learn what is behind names that may not be sent to: neither their address nor whether
 * there are such names. For any thread.
 */
public interface Discretion {

	/**
	 * Tells everybody.
	 */
	Discretion NONE = () -> false;

	boolean applies();

}
