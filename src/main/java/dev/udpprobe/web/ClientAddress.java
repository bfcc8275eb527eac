package dev.udpprobe.web;

import java.net.InetAddress;

import jakarta.servlet.http.HttpServletRequest;

import dev.udpprobe.net.Addresses;

/**
 * Where a request comes from.
 */
final class ClientAddress {

	/** Set where a proxy says that it asks for others, whether or not it is believed. */
	static final String FORWARDED = ClientAddress.class.getName() + ".forwarded";

	private static final InetAddress UNKNOWN = Addresses.literal("::").orElseThrow();

	private ClientAddress() {}

	static InetAddress of(HttpServletRequest request) {
		return Addresses.literal(request.getRemoteAddr()).orElse(UNKNOWN);
	}

	/**
	 * @return whether somebody on this host asks; not if a proxy on this host asks for others
	 */
	static boolean isLocal(HttpServletRequest request) {
		return request.getAttribute(FORWARDED) == null && of(request).isLoopbackAddress();
	}

}
