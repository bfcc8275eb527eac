package dev.udpprobe.probe;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import dev.udpprobe.destination.Target;
import dev.udpprobe.exchange.Exchange;
import dev.udpprobe.module.Judgement;
import dev.udpprobe.module.ModuleRequest;
import dev.udpprobe.outcome.Outcome;

/**
 * An exchange with a target.
 *
 * @param timeout how long an answer was waited for
 * @param judged what the module makes of it that was asked by; null without a module
 */
public record SendResult(Target target, Duration timeout, Exchange exchange, @Nullable Judged judged) {

	/**
	 * An exchange by a module.
	 *
	 * @param tries how many datagrams were sent, but for those that an answer asked for
	 */
	public record Judged(ModuleRequest request, Judgement judgement, int tries) {}

	/**
	 * Without a module.
	 */
	public SendResult(Target target, Duration timeout, Exchange exchange) {
		this(target, timeout, exchange, null);
	}

	public Outcome outcome() {
		return this.exchange.outcome();
	}

	/**
	 * @param received what came
	 * @return what may be shown of it: all but what is secret
	 */
	public byte[] shown(byte[] received) {
		return (this.judged != null) ? this.judged.request().masked(received) : received;
	}

}
