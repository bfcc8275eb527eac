package dev.udpprobe.echo;

import dev.udpprobe.net.Labelled;

/**
 * Why a datagram that was received is not answered.
 */
public enum DropReason implements Labelled {

	/**
	 * Nobody can be answered there: port 0, or an unspecified, broadcast or multicast
	 * address.
	 */
	SOURCE_INVALID,

	/** It was sent to a broadcast or multicast address, so that many might answer. */
	SENT_TO_MANY,

	/** Its source is not one of those that may be answered. */
	SOURCE_NOT_ALLOWED,

	/** Its source port is that of a service that may answer the reply. */
	SOURCE_PORT,

	/** Another echo server seems to answer the replies of this one. */
	LOOP,

	/** Its source has had all that one source may have. */
	SOURCE_RATE,

	/** All sources together have had what they may have. */
	TOTAL_RATE,

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

}
