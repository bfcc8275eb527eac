package dev.udpprobe.server;

/**
 * The native transport is not available.
 */
public class EchoTransportException extends RuntimeException {

	EchoTransportException(String reason) {
		super(reason);
	}

}
