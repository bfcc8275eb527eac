package dev.udpprobe.exchange;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Tells whose datagram an ICMP error is about: it quotes the beginning of it, and the
 * kernel has already found the socket by the quoted addresses and ports.
 */
final class Quotation {

	private Quotation() {}

	/**
	 * Whether as much as is quoted is of this payload. A router needs to quote no more than
	 * the UDP header (RFC 792), which leaves nothing to compare; and behind a short payload
	 * there may be padding and extensions (RFC 4884).
	 */
	static boolean of(byte[] payload, ByteBuffer quoted) {
		int length = Math.min(payload.length, quoted.remaining());
		return ByteBuffer.wrap(payload, 0, length).equals(quoted.slice(quoted.position(), length));
	}

	/**
	 * Whether the reply has this payload in it, as an echo has.
	 */
	static boolean within(byte[] payload, byte[] reply) {
		for (int at = reply.length - payload.length; at >= 0; at--) {
			if (Arrays.equals(reply, at, at + payload.length, payload, 0, payload.length)) {
				return true;
			}
		}
		return false;
	}

}
