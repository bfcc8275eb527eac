package dev.udpprobe.probe;

import dev.udpprobe.destination.Target;
import dev.udpprobe.exchange.FlowDatagram;

/**
 * Hears of every exchange and datagram. Called by any thread, so it must be quick and safe
 * for many threads at once.
 */
public interface ExchangeListener {

	default void exchanged(SendResult result) {}

	/**
	 * Hears of a datagram that was no exchange, but asked about the path.
	 */
	default void probed(Target target, FlowDatagram datagram) {}

}
