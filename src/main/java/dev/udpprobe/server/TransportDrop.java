package dev.udpprobe.server;

/**
 * Why a datagram is not answered that the handler would answer.
 */
public enum TransportDrop implements DropReason {

	/** The reply is longer than a datagram may be. */
	OVERSIZED,

	/** Exclusive mode: it is another peer's, and was queued before the socket was connected. */
	OTHER_PEER,

	/** The local host would not send the reply, or would not connect to the peer. */
	SEND_FAILED,

	/** Answering it failed inside the server; a log line says how. */
	FAILED

}
