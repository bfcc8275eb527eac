package dev.udpprobe.exchange;

import java.nio.ByteBuffer;

/**
 * Tells whose datagram an ICMP error is about: it quotes the beginning of the datagram, and
 * the kernel has already found the socket by the quoted addresses and ports.
 */
final class Quotation {

	/** ICMPv6 quotes as much as 1,280 bytes carry (RFC 4443 2.4), so surely this much. */
	private static final int QUOTED_BY_IPV6 = 64;

	private Quotation() {}

	/**
	 * Whether as much as is quoted is of this payload. A router of IPv4 needs to quote no more
	 * than the UDP header (RFC 792), which leaves nothing to compare; and behind a short payload
	 * there may be padding and extensions (RFC 4884).
	 */
	static boolean of(byte[] payload, ByteBuffer quoted, boolean ipv6) {
		int length = Math.min(payload.length, quoted.remaining());
		return (!ipv6 || length >= Math.min(payload.length, QUOTED_BY_IPV6))
				&& ByteBuffer.wrap(payload, 0, length).equals(quoted.slice(quoted.position(), length));
	}

}
