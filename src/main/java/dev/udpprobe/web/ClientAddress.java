package dev.udpprobe.web;

import java.net.InetAddress;

import jakarta.servlet.http.HttpServletRequest;

import dev.udpprobe.net.Addresses;

/**
 * Where a request comes from. It is noted before the framework and Tomcat take anything from the headers of proxies, which does not
 * count.
 *
 * @param address of the client, or of a proxy that is not believed
 * @param direct whether no proxy says that it asks for others
 * @param secure whether the client has asked by HTTPS, as far as that is known
 */
record ClientAddress(InetAddress address, boolean direct, boolean secure) {

	private static final String NOTED = ClientAddress.class.getName();

	private static final InetAddress UNKNOWN = Addresses.literal("::").orElseThrow();

	static void note(HttpServletRequest request, ClientAddress client) {
		request.setAttribute(NOTED, client);
	}

	/**
	 * @return the other end of the connection, or what the framework or Tomcat takes for it since
	 */
	static InetAddress peer(HttpServletRequest request) {
		return Addresses.literal(request.getRemoteAddr()).orElse(UNKNOWN);
	}

	static InetAddress of(HttpServletRequest request) {
		return noted(request).address();
	}

	private static ClientAddress noted(HttpServletRequest request) {
		return (request.getAttribute(NOTED) instanceof ClientAddress client)
				? client
				: new ClientAddress(UNKNOWN, false, false);
	}

	/**
	 * @return whether somebody on this host asks; not if a proxy on this host asks for others, by whichever header
	 */
	static boolean isLocal(HttpServletRequest request) {
		ClientAddress client = noted(request);
		return client.direct() && client.address().isLoopbackAddress() && peer(request).isLoopbackAddress();
	}

	static boolean isSecure(HttpServletRequest request) {
		return noted(request).secure();
	}

}
