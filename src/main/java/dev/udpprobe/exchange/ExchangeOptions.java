package dev.udpprobe.exchange;

import java.net.InetAddress;

import org.jspecify.annotations.Nullable;

import dev.udpprobe.net.Labelled;

/**
 * How a datagram is sent; null leaves it to the system.
 *
 * @param ttl how many hops it may go (TTL, hop limit): 1 to 255
 * @param dscp the class of service of RFC 2474: 0 to 63
 * @param dontFragment whether it must arrive whole or not at all
 * @param source the local address that it leaves from
 */
public record ExchangeOptions(SocketKind socket, @Nullable Integer ttl, @Nullable Integer dscp,
		@Nullable Boolean dontFragment, @Nullable InetAddress source) {

	/**
	 * How the socket of an exchange is tied to its target.
	 */
	public enum SocketKind implements Labelled {

		/**
		 * {@code connect(2)}ed to the target: the kernel delivers only the target's datagrams,
		 * and reports ICMP errors about it ({@code udp(7)}).
		 */
		CONNECTED,

		/**
		 * Not connected, as an ordinary program's: it receives from anybody and never hears of
		 * a refusal.
		 */
		UNCONNECTED

	}

	public static final ExchangeOptions CONNECTED = of(SocketKind.CONNECTED);

	public static ExchangeOptions of(SocketKind socket) {
		return new ExchangeOptions(socket, null, null, null, null);
	}

}
