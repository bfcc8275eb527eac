package dev.udpprobe.target;

import java.net.InetAddress;
import java.util.Arrays;

/**
 * A block of addresses in CIDR notation (RFC 4632), for example {@code 10.0.0.0/8}.
 *
 * @param prefix the first address; bits beyond {@code bits} do not count
 * @param bits length of the prefix: 0 to 32, or 128 for IPv6
 */
record AddressRange(InetAddress prefix, int bits) {

	AddressRange {
		int longest = prefix.getAddress().length * Byte.SIZE;
		if (bits < 0 || bits > longest) {
			throw new IllegalArgumentException("prefix length %d is outside 0 to %d".formatted(bits, longest));
		}
	}

	/**
	 * Whether the address lies in this block; one of the other family never does.
	 */
	boolean contains(InetAddress address) {
		byte[] ours = this.prefix.getAddress();
		byte[] theirs = address.getAddress();
		if (ours.length != theirs.length) {
			return false;
		}
		int whole = this.bits / Byte.SIZE;
		if (!Arrays.equals(ours, 0, whole, theirs, 0, whole)) {
			return false;
		}
		int rest = this.bits % Byte.SIZE;
		return rest == 0 || (ours[whole] ^ theirs[whole]) >> (Byte.SIZE - rest) == 0;
	}

}
