package dev.udpprobe.server;

/**
 * The native transport is not available.
 */
public class TransportException extends RuntimeException {

	TransportException(String reason) {
		super(reason);
	}

}
