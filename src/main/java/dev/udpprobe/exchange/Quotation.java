package dev.udpprobe.exchange;

import java.nio.ByteBuffer;

import dev.udpprobe.net.PayloadLimits;

/**
 * Tells whose datagram an ICMP error is about: it quotes the beginning of the datagram, and
 * the kernel has already found the socket by the quoted addresses and ports.
 */
final class Quotation {

	/** ICMPv6 quotes as much as 1,280 bytes carry (RFC 4443 2.4), so surely this much. */
	private static final int QUOTED_BY_IPV6 = 64;

	/** Of the quoted packet, behind which extensions begin (RFC 4884 5). */
	private static final int EXTENSIONS_AT = 128;

	/** Version 2, and what is reserved. */
	private static final short EXTENSIONS_VERSION = 0x2000;

	/** With the header of one object, in bytes. */
	private static final int EXTENSIONS_MIN = 8;

	private Quotation() {}

	/**
	 * Takes away what a router says of itself behind the quotation, such as its MPLS labels (RFC 4950). Behind a
	 * quotation of another length, extensions are not found.
	 * @return what is quoted
	 */
	static ByteBuffer withoutExtensions(ByteBuffer quoted, boolean ipv6) {
		int at = EXTENSIONS_AT - (ipv6 ? PayloadLimits.IPV6_HEADERS : PayloadLimits.IPV4_HEADERS);
		return (quoted.remaining() > at && isExtensions(quoted.slice(quoted.position() + at, quoted.remaining() - at)))
				? quoted.slice(quoted.position(), at)
				: quoted;
	}

	/**
	 * By the Internet checksum (RFC 1071), too, which a router need not give.
	 */
	private static boolean isExtensions(ByteBuffer behind) {
		if (behind.remaining() < EXTENSIONS_MIN || behind.getShort(0) != EXTENSIONS_VERSION) {
			return false;
		}
		boolean summed = behind.getShort(Short.BYTES) != 0;
		int sum = 0;
		while (behind.remaining() >= Short.BYTES) {
			sum += Short.toUnsignedInt(behind.getShort());
		}
		while (sum >>> Short.SIZE != 0) {
			sum = (sum & 0xffff) + (sum >>> Short.SIZE);
		}
		return !summed || sum == 0xffff;
	}

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
