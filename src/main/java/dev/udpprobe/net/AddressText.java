package dev.udpprobe.net;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ShortBuffer;

import org.jspecify.annotations.Nullable;

/**
 * Addresses as people write them: IPv6 in the form of RFC 5952, and in brackets before a port.
 */
public final class AddressText {

	private static final int GROUPS = 8;

	private AddressText() {}

	public static String of(InetAddress address) {
		return (address instanceof Inet6Address ipv6) ? ipv6(ipv6) : address.getHostAddress();
	}

	/**
	 * @param address resolved
	 */
	public static String of(InetSocketAddress address) {
		return of(of(address.getAddress()), address.getPort());
	}

	/**
	 * @param host a name or an address
	 */
	public static String of(String host, int port) {
		return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
	}

	public static @Nullable String orNull(@Nullable InetAddress address) {
		return (address != null) ? of(address) : null;
	}

	public static @Nullable String orNull(@Nullable InetSocketAddress address) {
		return (address != null) ? of(address) : null;
	}

	/**
	 * The longest run of two zero groups or more is {@code ::}, the first one of several
	 * (RFC 5952 4.2).
	 */
	private static String ipv6(Inet6Address address) {
		ShortBuffer groups = ByteBuffer.wrap(address.getAddress()).asShortBuffer();
		int start = GROUPS;
		int length = 1;
		for (int i = 0; i < GROUPS; i++) {
			int zeros = zeros(groups, i);
			if (zeros > length) {
				start = i;
				length = zeros;
			}
		}
		StringBuilder text = new StringBuilder();
		for (int i = 0; i < GROUPS; i += (i == start) ? length : 1) {
			if (i == start) {
				text.append("::");
			}
			else {
				text.append((i == 0 || i == start + length) ? "" : ":")
						.append(Integer.toHexString(Short.toUnsignedInt(groups.get(i))));
			}
		}
		return text + scope(address);
	}

	private static int zeros(ShortBuffer groups, int start) {
		int end = start;
		while (end < GROUPS && groups.get(end) == 0) {
			end++;
		}
		return end - start;
	}

	/** By the interface's name where it has one. */
	private static String scope(Inet6Address address) {
		String text = address.getHostAddress();
		int percent = text.indexOf('%');
		return (percent < 0) ? "" : text.substring(percent);
	}

}
