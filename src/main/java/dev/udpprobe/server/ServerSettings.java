package dev.udpprobe.server;

import java.net.InetSocketAddress;
import java.util.List;

/**
 * The settings of a server.
 *
 * @param name of the service, which its threads and its lines in the log have
 * @param description what the line at start says of it beside port and transport
 * @param addresses where it listens, all on one port; the unspecified address alone means
 * all, port 0 a free one
 * @param exclusive whether it serves one peer at a time, to whom its socket is
 * {@code connect(2)}ed, so that the kernel drops everybody else's datagrams and reports a peer
 * that is gone as a refusal
 * @param receiveBuffer bytes of SO_RCVBUF, or 0 for the operating system's default
 * @param sockets how many sockets, each with a thread, share each address; 1 if exclusive
 */
public record ServerSettings(String name, String description, List<InetSocketAddress> addresses, boolean exclusive,
		int receiveBuffer, Transport transport, int sockets) {

	/**
	 * @return the first of {@link #addresses}
	 */
	public InetSocketAddress address() {
		return this.addresses.getFirst();
	}

}
