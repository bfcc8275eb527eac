package dev.udpprobe.config;

import java.net.InetAddress;

import dev.udpprobe.net.Addresses;

/**
 * A local address as it is configured: a literal, never a name. As an interface it gives
 * the binder no constructor, so that it is made by {@link #of} alone; an
 * {@link InetAddress} the binder would make by resolving a name.
 */
sealed interface EchoAddress {

	InetAddress address();

	record Literal(InetAddress address) implements EchoAddress {}

	/**
	 * @throws IllegalArgumentException with a sentence that says what is wrong
	 */
	static EchoAddress of(String text) {
		return new Literal(Addresses.literal(text)
				.orElseThrow(
						() -> new IllegalArgumentException(
								"'%s' is not an IP address; it takes one of this host, or nothing for all of them"
										.formatted(text))));
	}

}
