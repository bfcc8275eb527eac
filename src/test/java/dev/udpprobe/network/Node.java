package dev.udpprobe.network;

import java.util.Locale;

/**
 * The lab's hosts, in the order in which a datagram passes them: a client, three routers
 * and a server.
 */
enum Node {

	C, R1, R2, R3, S;

	/**
	 * @return its name, which its neighbours' interfaces to it have too
	 */
	String label() {
		return name().toLowerCase(Locale.ROOT);
	}

	boolean isRouter() {
		return this != C && this != S;
	}

}
