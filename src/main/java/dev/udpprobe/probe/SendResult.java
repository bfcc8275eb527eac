package dev.udpprobe.probe;

import java.net.InetSocketAddress;
import java.time.Duration;

import org.jspecify.annotations.Nullable;

import dev.udpprobe.exchange.Exchange;
import dev.udpprobe.outcome.Outcome;
import dev.udpprobe.destination.Target;

/**
 * An exchange with a target.
 *
 * @param timeout how long an answer was waited for
 * @param remote the target's address, or null if it has none
 * @param local the address that the datagram left from, or null if no socket was opened
 * @param bytesSent payload bytes that left, with those that sign the message
 */
public record SendResult(Target target, Duration timeout, @Nullable InetSocketAddress remote,
		@Nullable InetSocketAddress local, int bytesSent, Outcome outcome) {

	static SendResult of(Target target, Duration timeout, Exchange exchange) {
		return new SendResult(target, timeout, exchange.remote(), exchange.local(), exchange.bytesSent(),
				exchange.outcome());
	}

	static SendResult unresolved(Target target, Duration timeout, String reason) {
		return new SendResult(target, timeout, null, null, 0, new Outcome.Unresolved(reason));
	}

}
