package dev.udpprobe.net;

import java.net.InetAddress;
import java.nio.ByteBuffer;

import org.jspecify.annotations.Nullable;

/**
 * A block of addresses in CIDR notation (RFC 4632), for example {@code 10.0.0.0/8}. It is
 * kept in numbers, so that to look an address up takes no memory; IPv4 is the mapped
 * address of RFC 4291 2.5.5.2 then, which {@link InetAddress} takes for IPv4 too.
 *
 * @param high the first 8 bytes of the first address; what is beyond {@code bits} does not
 * count
 * @param low the last 8 bytes
 * @param bits length of the prefix: 0 to 128, of which 96 are before an IPv4 address
 */
public record AddressRange(long high, long low, int bits) {

	/**
	 * What {@link #of(String)} takes, for messages.
	 */
	public static final String TAKES = "an IP address or a CIDR block";

	public AddressRange {
		check(bits, 2 * Long.SIZE);
	}

	private static void check(int bits, int max) {
		if (bits < 0 || bits > max) {
			throw new IllegalArgumentException("prefix length %d is outside 0 to %d".formatted(bits, max));
		}
	}

	/**
	 * @param bits length of the prefix: 0 to 32 for IPv4, 0 to 128 for IPv6
	 * @throws IllegalArgumentException if it is longer, or less than 0
	 */
	public static AddressRange of(InetAddress prefix, int bits) {
		ByteBuffer bytes = ByteBuffer.wrap(prefix.getAddress());
		check(bits, bytes.remaining() * Byte.SIZE);
		return (bytes.remaining() == Integer.BYTES)
				? new AddressRange(0, Addresses.mapped(bytes.getInt()), Addresses.MAPPED_BITS + bits)
				: new AddressRange(bytes.getLong(), bytes.getLong(), bits);
	}

	/**
	 * The block of one address.
	 */
	public static AddressRange of(InetAddress address) {
		return of(address, address.getAddress().length * Byte.SIZE);
	}

	/**
	 * @param text an address literal, with or without {@code /} and a prefix length
	 * @throws IllegalArgumentException with a sentence that says what is wrong
	 */
	public static AddressRange of(String text) {
		int slash = text.indexOf('/');
		InetAddress address = Addresses.literal((slash < 0) ? text : text.substring(0, slash)).orElse(null);
		String bits = (slash < 0) ? null : text.substring(slash + 1);
		if (address == null || !isNumber(bits)) {
			throw new IllegalArgumentException("'%s' is not %s".formatted(text, TAKES));
		}
		return (bits != null) ? of(address, Integer.parseInt(bits)) : of(address);
	}

	private static boolean isNumber(@Nullable String bits) {
		return bits == null || bits.matches("\\d{1,3}");
	}

	/**
	 * Whether it has no other address than the first.
	 */
	public boolean isOneAddress() {
		return this.bits == 2 * Long.SIZE;
	}

	/**
	 * Whether the address lies in this block; one of the other family never does.
	 */
	public boolean contains(InetAddress address) {
		AddressRange other = of(address);
		return contains(other.high, other.low);
	}

	/**
	 * The same of an address in numbers. For any thread; takes no memory.
	 * @param high the first 8 bytes of the address
	 * @param low the last 8 bytes
	 */
	public boolean contains(long high, long low) {
		boolean ipv4 = Addresses.isMapped(high, low);
		if (ipv4 != (this.bits >= Addresses.MAPPED_BITS && Addresses.isMapped(this.high, this.low))) {
			return false;
		}
		return isSame(this.high, high, Math.min(this.bits, Long.SIZE)) && isSame(this.low, low, this.bits - Long.SIZE);
	}

	private static boolean isSame(long ours, long theirs, int bits) {
		return bits <= 0 || (ours ^ theirs) >>> (Long.SIZE - bits) == 0;
	}

}
