package dev.udpprobe.auth;

/**
 * Whether a datagram is from somebody who has the key.
 */
public enum Verdict {

	/** It is, and new. */
	GENUINE,

	/** It has no trailer, or one that another key made, or was changed. */
	UNAUTHENTICATED,

	/** Its time is too far from now; the clocks differ, or somebody sends an old one. */
	STALE,

	/** It has come before. */
	REPLAYED

}
