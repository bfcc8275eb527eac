package dev.udpprobe.echo;

import dev.udpprobe.net.Labelled;

/**
 * Whom the echo server serves.
 */
public enum EchoMode implements Labelled {

	/**
	 * All peers at once.
	 */
	SHARED,

	/**
	 * One peer at a time: the socket is {@code connect(2)}ed to the first one, so that the
	 * kernel drops everybody else's datagrams and reports a peer that is gone as a refusal.
	 */
	EXCLUSIVE

}
