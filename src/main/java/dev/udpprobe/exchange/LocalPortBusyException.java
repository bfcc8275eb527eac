package dev.udpprobe.exchange;

/**
 * The local port that was asked for is that of another exchange with the same target, so it is free soon. Nothing was sent.
 */
public final class LocalPortBusyException extends LocalPortException {

	LocalPortBusyException(int port) {
		super(port, "another exchange with this target leaves from it");
	}

}
