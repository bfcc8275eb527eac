package dev.udpprobe.server;

import java.io.IOException;
import java.net.InetSocketAddress;

import dev.udpprobe.net.AddressText;

/**
 * The address of the echo server is not available.
 */
public class EchoBindException extends RuntimeException {

	private final InetSocketAddress address;

	EchoBindException(InetSocketAddress address, IOException cause) {
		super("UDP %s: %s".formatted(AddressText.of(address), cause.getMessage()),
				cause);
		this.address = address;
	}

	public InetSocketAddress address() {
		return this.address;
	}

}
