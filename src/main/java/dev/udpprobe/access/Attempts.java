package dev.udpprobe.access;

import java.net.InetAddress;

import dev.udpprobe.net.PeerAddress;
import dev.udpprobe.net.RateLimit;
import dev.udpprobe.net.Rates;

/**
 * How many wrong credentials an address may give: {@value #PER_MINUTE}, and then that many a minute. The addresses of a /64 of IPv6
 * count as one. Safe for any number of threads.
 */
final class Attempts {

	private static final int PER_MINUTE = 10;

	private static final int SECONDS = 60;

	/** After which another one may be given. */
	static final int RETRY_AFTER_SECONDS = SECONDS / PER_MINUTE;

	private final Rates rates = new Rates(new RateLimit(PER_MINUTE, 0), Rates.Newcomer.STARTS_ANEW);

	private final long begunNanos = System.nanoTime();

	/**
	 * @return whether one more may be given
	 */
	synchronized boolean may(InetAddress from) {
		return this.rates.allows(PeerAddress.source(from), 0, nanos());
	}

	/**
	 * Counts a wrong one.
	 * @return false if it was one too many
	 */
	synchronized boolean wrong(InetAddress from) {
		return this.rates.take(PeerAddress.source(from), 0, nanos());
	}

	/** The buckets hold what a second allows, so a minute is told as one. */
	private long nanos() {
		return (System.nanoTime() - this.begunNanos) / SECONDS;
	}

}
