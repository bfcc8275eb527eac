package dev.udpprobe.probe;

import java.time.Duration;

import dev.udpprobe.destination.Target;
import dev.udpprobe.exchange.Exchange;
import dev.udpprobe.outcome.Outcome;

/**
 * An exchange with a target.
 *
 * @param timeout how long an answer was waited for
 */
public record SendResult(Target target, Duration timeout, Exchange exchange) {

	public Outcome outcome() {
		return this.exchange.outcome();
	}

}
