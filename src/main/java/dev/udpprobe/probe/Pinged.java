package dev.udpprobe.probe;

import java.net.InetSocketAddress;
import java.time.Duration;

import org.jspecify.annotations.Nullable;

import dev.udpprobe.module.Judgement;
import dev.udpprobe.outcome.Outcome;

/**
 * What came of one datagram of a ping.
 *
 * @param number of the datagram, from 0
 * @param flow the number of the local port that it left from, from 0
 * @param local the address that it left from; null if there was none
 * @param sent whether it was handed to the kernel
 * @param outcome without the bytes of a reply
 * @param waited how long it was until that was known
 * @param strays how many datagrams came to that port meanwhile that answer none that was sent
 * @param judgement what a module makes of it; null without one
 */
public record Pinged(int number, int flow, @Nullable InetSocketAddress local, boolean sent, Outcome outcome,
		Duration waited, int strays, @Nullable Judgement judgement) {

	/**
	 * Of a datagram that did not leave.
	 */
	static Pinged unsent(int number, int flow, Outcome outcome) {
		return new Pinged(number, flow, null, false, outcome, Duration.ZERO, 0, null);
	}

	/**
	 * @return bytes that what it says may take, about
	 */
	int held() {
		return (this.judgement != null && this.outcome instanceof Outcome.Replied replied) ? replied.length() : 0;
	}

	Pinged withVerdictAlone() {
		return new Pinged(this.number, this.flow, this.local, this.sent, this.outcome, this.waited, this.strays,
				(this.judgement != null) ? this.judgement.verdictAlone() : null);
	}

}
