package dev.udpprobe.server;

/**
 * Tells the port of the running echo server, which is known only once it listens.
 */
@FunctionalInterface
public interface EchoPort {

	int port();

}
