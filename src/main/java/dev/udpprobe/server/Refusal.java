package dev.udpprobe.server;

import java.io.IOException;
import java.net.PortUnreachableException;

import org.jspecify.annotations.Nullable;

/**
 * What an error of a connected socket says of whether the peer's host has refused a reply. The
 * kernel finds the socket by the addresses and ports that an ICMP message quotes, and these
 * can be guessed. In the order of how much is said.
 */
enum Refusal {

	/** None: it says something else, or quotes what was not sent. */
	NONE,

	/** Perhaps: it is not told, or too little, what the message quotes. */
	UNPROVEN,

	/** The message quotes a reply. */
	PROVEN;

	/**
	 * @return what an error says where nothing is told of a quotation; null if it comes from no
	 * ICMP message that is known
	 */
	static @Nullable Refusal of(IOException error) {
		return (error instanceof PortUnreachableException) ? UNPROVEN : null;
	}

}
