package dev.udpprobe.server;

/**
 * The echo server cannot have the native transport.
 */
public class EchoTransportException extends RuntimeException {

	EchoTransportException(String reason) {
		super(reason);
	}

}
