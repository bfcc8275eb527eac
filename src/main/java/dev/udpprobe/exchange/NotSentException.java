package dev.udpprobe.exchange;

import java.net.InetSocketAddress;

import org.jspecify.annotations.Nullable;

import dev.udpprobe.outcome.Outcome;

/**
 * The local host opens no socket to an address, so nothing can be sent there.
 */
public class NotSentException extends Exception {

	private final transient InetSocketAddress remote;

	private final transient Outcome outcome;

	NotSentException(InetSocketAddress remote, Outcome outcome, @Nullable Exception cause) {
		super(cause);
		this.remote = remote;
		this.outcome = outcome;
	}

	public InetSocketAddress remote() {
		return this.remote;
	}

	/**
	 * @return the same as of an exchange
	 */
	public Outcome outcome() {
		return this.outcome;
	}

}
