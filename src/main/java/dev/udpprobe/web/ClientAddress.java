package dev.udpprobe.web;

import java.net.InetAddress;

import jakarta.servlet.http.HttpServletRequest;

import dev.udpprobe.net.Addresses;

/**
 * Where a request comes from.
 */
final class ClientAddress {

	private static final String FORWARDED = ClientAddress.class.getName();

	private static final InetAddress UNKNOWN = Addresses.literal("::").orElseThrow();

	private ClientAddress() {}

	/**
	 * Notes for whom a proxy asks, or the proxy itself if it is not believed. What the framework and Tomcat take from its headers does
	 * not count.
	 */
	static void forwarded(HttpServletRequest request, InetAddress client) {
		request.setAttribute(FORWARDED, client);
	}

	static InetAddress of(HttpServletRequest request) {
		return (request.getAttribute(FORWARDED) instanceof InetAddress client)
				? client
				: Addresses.literal(request.getRemoteAddr()).orElse(UNKNOWN);
	}

	/**
	 * @return whether somebody on this host asks; not if a proxy on this host asks for others
	 */
	static boolean isLocal(HttpServletRequest request) {
		return request.getAttribute(FORWARDED) == null && of(request).isLoopbackAddress();
	}

}
