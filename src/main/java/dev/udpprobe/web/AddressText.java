package dev.udpprobe.web;

import java.net.InetAddress;
import java.net.InetSocketAddress;

import org.apache.tomcat.util.net.IPv6Utils;
import org.jspecify.annotations.Nullable;

/**
 * Addresses as people write them: IPv6 in the form of RFC 5952.
 */
final class AddressText {

	private AddressText() {}

	static String of(InetAddress address) {
		String text = address.getHostAddress();
		return text.contains(":") ? IPv6Utils.canonize(text) : text;
	}

	static String of(InetSocketAddress address) {
		String host = of(address.getAddress());
		return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
	}

	static @Nullable String orNull(@Nullable InetAddress address) {
		return (address != null) ? of(address) : null;
	}

	static @Nullable String orNull(@Nullable InetSocketAddress address) {
		return (address != null) ? of(address) : null;
	}

}
