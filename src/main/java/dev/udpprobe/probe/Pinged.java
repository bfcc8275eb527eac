package dev.udpprobe.probe;

import java.net.InetSocketAddress;

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
 * @param judgement what a module makes of it; null without one
 */
public record Pinged(int number, int flow, @Nullable InetSocketAddress local, boolean sent, Outcome outcome,
		@Nullable Judgement judgement) {

	/**
	 * @return bytes that what it says may take, about
	 */
	int held() {
		return (this.judgement != null && this.outcome instanceof Outcome.Replied replied) ? replied.length() : 0;
	}

	Pinged withVerdictAlone() {
		return new Pinged(this.number, this.flow, this.local, this.sent, this.outcome,
				(this.judgement != null) ? this.judgement.verdictAlone() : null);
	}

}
