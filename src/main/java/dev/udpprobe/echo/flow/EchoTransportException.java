package dev.udpprobe.echo.flow;

/**
 * The echo server cannot have the native transport.
 */
public class EchoTransportException extends RuntimeException {

	EchoTransportException(String reason) {
		super(reason);
	}

}
