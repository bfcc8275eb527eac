package dev.udpprobe.echo;

import java.util.Locale;

/**
 * Why a session ended.
 */
public enum SessionEnd {

	/** The peer said the farewell. */
	FAREWELL,

	/** The peer was silent for longer than a session may be idle. */
	IDLE,

	/** A newer peer needed the place; the least recently seen one goes. */
	EVICTED,

	/** Exclusive mode: the peer's host refused a reply. */
	REFUSED,

	/** The server stopped. */
	STOPPED;

	private final String label = name().toLowerCase(Locale.ROOT);

	public String label() {
		return this.label;
	}

}
