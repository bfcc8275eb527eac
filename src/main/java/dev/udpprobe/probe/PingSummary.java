package dev.udpprobe.probe;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.udpprobe.outcome.Outcome;

/**
 * What came of a ping.
 *
 * @param sent datagrams that were handed to the kernel
 * @param received datagrams that were answered in time
 * @param others what came beside those answers
 * @param reordered answers in time that came after the answer to a datagram which left later from the same port
 * (RFC 4737 4)
 * @param refused datagrams that ICMP port unreachable came back for
 * @param failed answers that a module takes for not good; null without one
 * @param roundTrips of the answers in time; null if there were none
 * @param jitterNanos how much round trips vary from one answer to the next from the same port (RFC 3550 6.4.1); null
 * with fewer than two
 * @param outcomes how many there were of each kind, of those that there were
 * @param elapsed from the first datagram to the end
 * @param flows by local port, in their order; empty if the ping had one, or a new one each time
 */
public record PingSummary(int sent, int received, Others others, int reordered, int refused, @Nullable Integer failed,
		@Nullable RoundTrips roundTrips, @Nullable Double jitterNanos, Map<Outcome.Kind, Integer> outcomes,
		Duration elapsed, List<OfFlow> flows) {

	/**
	 * Datagrams that came and count for none that waits.
	 *
	 * @param duplicates further answers to datagrams that were answered
	 * @param late answers to datagrams that had been given up
	 * @param strays all others
	 */
	public record Others(long duplicates, long late, long strays) {}

	/**
	 * What came of the datagrams from one local port.
	 */
	public record OfFlow(int localPort, int sent, int received, int refused, @Nullable RoundTrips roundTrips) {

		/**
		 * @return how many datagrams were not answered in time
		 */
		public int lost() {
			return this.sent - this.received;
		}

	}

	/**
	 * @return how many datagrams were not answered in time
	 */
	public int lost() {
		return this.sent - this.received;
	}

}
