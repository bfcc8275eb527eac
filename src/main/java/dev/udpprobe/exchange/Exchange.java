package dev.udpprobe.exchange;

import java.net.InetSocketAddress;

import org.jspecify.annotations.Nullable;

import dev.udpprobe.outcome.Outcome;

/**
 * One datagram to one address, and what came of it.
 *
 * @param remote the address it was meant for, or null if the name did not resolve
 * @param local the address it left from, or null where no socket was opened
 * @param bytesSent payload bytes handed to the kernel; 0 where nothing left, which an
 * empty datagram that left shares
 * @param sent whether the datagram was handed to the kernel
 */
public record Exchange(@Nullable InetSocketAddress remote, @Nullable InetSocketAddress local, int bytesSent,
		boolean sent, Outcome outcome) {

	public static Exchange unsent(@Nullable InetSocketAddress remote, Outcome outcome) {
		return new Exchange(remote, null, 0, false, outcome);
	}

}
