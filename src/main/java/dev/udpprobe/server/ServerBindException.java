package dev.udpprobe.server;

import java.io.IOException;
import java.net.InetSocketAddress;

import dev.udpprobe.net.AddressText;
import dev.udpprobe.net.ErrorText;

/**
 * The address of a server is not available.
 */
public class ServerBindException extends IOException {

	private final InetSocketAddress address;

	ServerBindException(InetSocketAddress address, IOException cause) {
		super("UDP %s: %s".formatted(AddressText.of(address), ErrorText.of(cause)), cause);
		this.address = address;
	}

	public InetSocketAddress address() {
		return this.address;
	}

}
