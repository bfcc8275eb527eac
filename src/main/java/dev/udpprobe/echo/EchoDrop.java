package dev.udpprobe.echo;

import dev.udpprobe.server.DropReason;

/**
 * Why the echo server does not answer a datagram.
 */
public enum EchoDrop implements DropReason {

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

	/**
	 * Its reply was held back to see whether its source waits for it, and the source sent nothing more
	 * to the same address in time, or its session ended.
	 */
	ALTERNATION,

	/** Its source has had all that one source may have. */
	SOURCE_RATE,

	/** All sources together have had what they may have. */
	TOTAL_RATE,

	/** There is a key, and it was not made with it. */
	UNAUTHENTICATED,

	/** It was made with the key, but too long ago, or by a clock that is wrong. */
	STALE,

	/** It was made with the key and has come before. */
	REPLAYED

}
