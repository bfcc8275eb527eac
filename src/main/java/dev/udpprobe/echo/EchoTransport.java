package dev.udpprobe.echo;

/**
 * How the echo server receives and replies.
 */
public enum EchoTransport {

	/** {@link #NATIVE} where the system allows it, otherwise {@link #PORTABLE}. */
	AUTO,

	/** By Linux's own calls: many datagrams by each, and from the address that was asked. */
	NATIVE,

	/** By what every JVM has: one datagram by each call. */
	PORTABLE

}
