package dev.udpprobe.destination;

import java.net.UnknownHostException;

/**
 * A name was not looked up, for want of threads or memory, or because the service stops or has another configuration. So nobody
 * knows whether it has an address.
 */
final class NotLookedUpException extends UnknownHostException {

	NotLookedUpException(String name, String reason) {
		super("'%s' was not looked up: %s".formatted(name, reason));
	}

}
