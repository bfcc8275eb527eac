package dev.udpprobe.probe;

import java.time.Duration;
import java.util.LinkedHashMap;

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
	public record Judged(ModuleRequest request, Judgement judgement, int tries) {

		private Judged withoutFields() {
			return new Judged(this.request, new Judgement(this.judgement.pass(), this.judgement.reason(),
					new LinkedHashMap<>(), this.judgement.sentence()), this.tries);
		}

	}

	/**
	 * Without a module.
	 */
	public SendResult(Target target, Duration timeout, Exchange exchange) {
		this(target, timeout, exchange, null);
	}

	/**
	 * @param max a reply up to so many bytes is kept; of a longer one neither itself nor what it says in fields
	 * @return the same, for whoever keeps many
	 */
	SendResult withoutLongReply(int max) {
		Outcome kept = switch (outcome()) {
			case Outcome.Replied replied when replied.length() > max -> replied.withoutReply();
			case Outcome.Mismatched mismatched when mismatched.length() > max -> mismatched.withoutReply();
			case Outcome.Misaddressed misaddressed when misaddressed.length() > max -> misaddressed.withoutReply();
			case Outcome same -> same;
		};
		return new SendResult(this.target, this.timeout, this.exchange.ending(kept),
				(this.judged != null && kept != outcome()) ? this.judged.withoutFields() : this.judged);
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
