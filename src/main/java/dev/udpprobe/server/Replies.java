package dev.udpprobe.server;

import dev.udpprobe.echo.Datagrams;

/**
 * A socket's way of replying. For the thread that receives from that socket.
 */
@FunctionalInterface
interface Replies {

	/**
	 * Replies to all that are to be answered, and counts each as replied or dropped.
	 */
	void send(Datagrams datagrams);

}
