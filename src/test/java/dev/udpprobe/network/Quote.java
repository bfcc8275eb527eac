package dev.udpprobe.network;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What an ICMP error quotes as the datagram that it is about.
 */
enum Quote {

	/** All of it. */
	WHOLE,

	/** No more than the UDP header, as routers did in the beginning (RFC 792). */
	HEADERS_ALONE,

	/** All of it, and zeros up to where extensions begin (RFC 4884). */
	PADDED,

	/** The right addresses and ports, with another payload. */
	OTHER_PAYLOAD,

	/** Another local port. */
	OTHER_PORT,

	/** Another protocol than UDP. */
	OTHER_PROTOCOL;

	private static final byte TCP = 6;

	private static final byte UDP = 17;

	private static final int EXTENSIONS_AT = 128;

	byte protocol() {
		return (this == OTHER_PROTOCOL) ? TCP : UDP;
	}

	short port(int port) {
		return (short) ((this == OTHER_PORT) ? port ^ 1 : port);
	}

	byte[] payload() {
		byte[] payload = Probe.MESSAGE.getBytes(StandardCharsets.UTF_8);
		return switch (this) {
			case WHOLE, OTHER_PORT, OTHER_PROTOCOL -> payload;
			case HEADERS_ALONE -> new byte[0];
			case PADDED -> Arrays.copyOf(payload, EXTENSIONS_AT);
			case OTHER_PAYLOAD -> "hullo".getBytes(StandardCharsets.UTF_8);
		};
	}

}
