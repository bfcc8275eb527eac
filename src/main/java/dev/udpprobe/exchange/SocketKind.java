package dev.udpprobe.exchange;

/**
 * How the socket of an exchange is tied to its target.
 */
public enum SocketKind {

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
