package dev.udpprobe.path;

import java.net.InetAddress;
import java.util.List;

import dev.udpprobe.outcome.Outcome;
import dev.udpprobe.outcome.RoundTrip;

/**
 * What is known of one hop of the path.
 *
 * @param number from 1, which is the TTL with which it was asked
 * @param sent how many datagrams left
 * @param reporters who answered, each once: mostly one router, or the target
 * @param roundTrips of the answers
 * @param outcome what came of the datagrams: the one that came farthest
 */
public record Hop(int number, int sent, List<InetAddress> reporters, List<RoundTrip> roundTrips, Outcome outcome) {

	/**
	 * @return how many datagrams got no answer
	 */
	public int lost() {
		return this.sent - this.roundTrips.size();
	}

	/**
	 * Whether datagrams go on from here, as far as is known.
	 */
	boolean isPassed() {
		return this.outcome instanceof Outcome.Expired || this.outcome instanceof Outcome.TimedOut;
	}

}
