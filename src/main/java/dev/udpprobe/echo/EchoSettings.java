package dev.udpprobe.echo;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

import dev.udpprobe.auth.SharedKey;
import dev.udpprobe.server.ServerSettings;
import dev.udpprobe.server.Transport;

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
 * @param keys with any of which datagrams must be signed to be answered; if empty, they need
 * not be
 */
@SuppressWarnings("ArrayRecordComponent")
public record EchoSettings(List<InetSocketAddress> addresses, byte[] greeting, byte[] farewell, EchoMode mode,
		Duration sessionIdle, int maxSessions, int receiveBuffer, Transport transport, int sockets,
		List<SharedKey> keys) {

	/**
	 * @return those of its sockets and threads
	 */
	public ServerSettings server() {
		String authentication = switch (this.keys.size()) {
			case 0 -> "without a key";
			case 1 -> "with a key";
			default -> "with " + this.keys.size() + " keys";
		};
		return new ServerSettings("echo", this.mode.label() + ", " + authentication, this.addresses,
				this.mode == EchoMode.EXCLUSIVE, this.receiveBuffer, this.transport, this.sockets);
	}

}
