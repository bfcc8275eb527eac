package dev.udpprobe.linux;

import java.net.InetAddress;
import java.net.InetSocketAddress;

import org.jspecify.annotations.Nullable;

/**
 * An error that a socket heard of.
 *
 * @param errno what {@code errno(3)} the kernel makes of it
 * @param type of the ICMP message, 0 to 255
 * @param code of the ICMP message, 0 to 255
 * @param info where the datagram was too big, the MTU in bytes
 * @param reporter who sent the ICMP message; null if this host itself found the error
 * @param destination whom the datagram was sent to, which on a socket that is not connected may be
 * anybody; null if that is not told
 * @param timeNanos when the message came, in nanoseconds since 1970 by the kernel's clock;
 * 0 if the kernel took no time
 */
public record QueuedError(Origin origin, int errno, int type, int code, int info, @Nullable InetAddress reporter,
		@Nullable InetSocketAddress destination, long timeNanos) {

	/**
	 * Where an error comes from.
	 */
	public enum Origin {
		/** This host, before the datagram left. */
		LOCAL,
		/** An ICMP message (RFC 792). */
		ICMP,
		/** An ICMPv6 message (RFC 4443). */
		ICMPV6,
		/** Something of no concern to UDP. */
		OTHER
	}

	/**
	 * Whether it is ICMP port unreachable, of which alone the kernel makes this error.
	 */
	public boolean isRefusal() {
		return Errno.ECONNREFUSED.is(this.errno);
	}

}
