package dev.udpprobe.server;

/**
 * Tells whether the echo server receives datagrams. There is none where it is disabled.
 */
@FunctionalInterface
public interface EchoListening {

	boolean isListening();

}
