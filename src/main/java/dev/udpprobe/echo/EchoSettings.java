package dev.udpprobe.echo;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

import dev.udpprobe.auth.SharedKey;

/**
 * The settings of the echo server.
 *
 * @param addresses where it listens, all on one port; the unspecified address alone means
 * all, port 0 a free one
 * @param greeting what a reply starts with; may be empty
 * @param farewell how a payload starts that ends a session; not empty
 * @param sessionIdle how long a peer may be silent before its session ends; positive
 * @param maxSessions how many sessions there may be; at least 1
 * @param receiveBuffer bytes of SO_RCVBUF, or 0 for the operating system's default
 * @param sockets how many sockets, each with a thread, share each address; 1 in exclusive
 * mode
 * @param keys at most two; a datagram must be signed with any of them to be answered, and
 * the own client signs with the first; empty if datagrams need no signature
 */
@SuppressWarnings("ArrayRecordComponent")
public record EchoSettings(List<InetSocketAddress> addresses, byte[] greeting, byte[] farewell, EchoMode mode,
		Duration sessionIdle, int maxSessions, int receiveBuffer, EchoTransport transport, int sockets,
		List<SharedKey> keys) {

	/**
	 * @return the first of {@link #addresses}
	 */
	public InetSocketAddress address() {
		return this.addresses.getFirst();
	}

}
