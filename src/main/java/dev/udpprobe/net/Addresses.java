package dev.udpprobe.net;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Makes addresses. An IPv4-mapped IPv6 address (RFC 4291 2.5.5.2) is always the IPv4 address
 * that it stands for, because that is where the kernel sends to. In two numbers, the first
 * and the last 8 bytes, an IPv4 address is the mapped one.
 */
public final class Addresses {

	/** The length of the prefix before a mapped IPv4 address, in bits. */
	static final int MAPPED_BITS = 96;

	private static final long MAPPED = 0xFFFF_0000_0000L;

	private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(?:\\.\\d{1,3}){3}");

	private Addresses() {}

	/**
	 * @param bytes 4 or 16
	 * @param scope the interface of a link-local address, or 0
	 */
	public static InetAddress of(byte[] bytes, int scope) {
		try {
			// The JDK makes IPv4 of a mapped address here. It does not with a scope, and not when it resolves a name.
			InetAddress address = InetAddress.getByAddress(bytes);
			return (scope != 0 && address instanceof Inet6Address)
					? Inet6Address.getByAddress(null, bytes, scope)
					: address;
		}
		catch (UnknownHostException ex) {
			throw new IllegalArgumentException(ex);
		}
	}

	/**
	 * @param high the first 8 bytes
	 * @param low the last 8 bytes
	 * @param scope the interface of a link-local address, or 0
	 */
	public static InetAddress of(long high, long low, int scope) {
		return of(ByteBuffer.allocate(2 * Long.BYTES).putLong(high).putLong(low).array(), scope);
	}

	/**
	 * @return the IPv4 address that is mapped in an IPv6 address; any other address itself
	 */
	public static InetAddress normalized(InetAddress address) {
		if (!(address instanceof Inet6Address)) {
			return address;
		}
		InetAddress normalized = of(address.getAddress(), 0);
		return (normalized instanceof Inet6Address) ? address : normalized;
	}

	/**
	 * @return the address if the host is an address literal, which needs no resolution
	 */
	public static Optional<InetAddress> literal(String host) {
		if (!IPV4.matcher(host).matches() && !host.contains(":")) {
			return Optional.empty();
		}
		try {
			return Optional.of(InetAddress.ofLiteral(host));
		}
		catch (IllegalArgumentException _) {
			return Optional.empty();
		}
	}

	/**
	 * @return the last 8 bytes of a mapped IPv4 address; the first 8 are 0
	 */
	public static long mapped(int ipv4) {
		return MAPPED | Integer.toUnsignedLong(ipv4);
	}

	/**
	 * Whether an address in two numbers is a mapped IPv4 address.
	 */
	public static boolean isMapped(long high, long low) {
		return high == 0 && low >>> Integer.SIZE == MAPPED >>> Integer.SIZE;
	}

}
