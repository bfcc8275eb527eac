package dev.udpprobe.exchange;

import java.nio.ByteBuffer;

/**
 * Tells whose datagram an ICMP error or a reply is about: an error quotes the beginning of
 * it, and the kernel has already found the socket by the quoted addresses and ports.
 */
final class Quotation {

	/** ICMPv6 quotes as much as 1,280 bytes carry (RFC 4443 2.4), so surely this much. */
	private static final int QUOTED_BY_IPV6 = 64;

	/** The longest greeting that stands before an echo, and what is looked for behind it. */
	private static final int SEARCHED = 2_048;

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

	/**
	 * Whether the reply has this payload in it, as an echo has; near its beginning, so that a
	 * long one that has not costs little.
	 */
	static boolean within(byte[] payload, ByteBuffer reply) {
		ByteBuffer wanted = ByteBuffer.wrap(payload);
		int last = Math.min(reply.remaining(), SEARCHED) - payload.length;
		for (int at = 0; at <= last; at++) {
			if (wanted.equals(reply.slice(reply.position() + at, payload.length))) {
				return true;
			}
		}
		return false;
	}

}
