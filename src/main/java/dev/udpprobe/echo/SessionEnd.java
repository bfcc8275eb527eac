package dev.udpprobe.echo;

import dev.udpprobe.net.Labelled;

/**
 * Why a session ended.
 */
public enum SessionEnd implements Labelled {

	/** The peer said the farewell. */
	FAREWELL,

	/** The peer was silent for longer than a session may be idle. */
	IDLE,

	/** A newer peer needed the room, and this session was the least recently seen. */
	EVICTED,

	/** Exclusive mode: the peer's host refused a reply, and without a proof the peer was silent since. */
	REFUSED,

	/** The server stopped. */
	STOPPED;

}
