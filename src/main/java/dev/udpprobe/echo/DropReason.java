package dev.udpprobe.echo;

import java.util.Locale;

/**
 * Why a datagram that was received is not answered.
 */
public enum DropReason {

	/** Greeting and payload together are longer than a datagram may be. */
	OVERSIZED,

	/** Exclusive mode: it is another peer's, and was queued before the socket was connected. */
	OTHER_PEER,

	/** There is a key, and it was not made with it. */
	UNAUTHENTICATED,

	/** It was made with the key, but too long ago, or by a clock that is wrong. */
	STALE,

	/** It was made with the key and has come before. */
	REPLAYED,

	/** The local host would not send the reply. */
	SEND_FAILED,

	/** Answering it failed inside the server; a log line says how. */
	FAILED;

	private final String label = name().toLowerCase(Locale.ROOT).replace('_', '-');

	public String label() {
		return this.label;
	}

}
