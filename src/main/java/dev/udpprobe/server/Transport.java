package dev.udpprobe.server;

/**
 * How a server receives and replies.
 */
public enum Transport {

	/** {@link #NATIVE} where the system allows it, otherwise {@link #PORTABLE}. */
	AUTO,

	/** By Linux's own calls: many datagrams by each, and from the address that was asked. */
	NATIVE,

	/** By what every JVM has: one datagram by each call. */
	PORTABLE

}
