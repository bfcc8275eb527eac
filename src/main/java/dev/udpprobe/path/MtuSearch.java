package dev.udpprobe.path;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;

import org.jspecify.annotations.Nullable;

import dev.udpprobe.exchange.Flow;
import dev.udpprobe.exchange.FlowDatagram;
import dev.udpprobe.exchange.IcmpMessage;
import dev.udpprobe.exchange.LongestPayload;
import dev.udpprobe.exchange.Outcome;

/**
 * Finds the longest datagram that gets to a target and is answered, in the way of RFC 8899:
 * it believes who says that a datagram is too big (RFC 1191, RFC 8201), and where nobody
 * says so and long ones vanish, it tries lengths in between. For one thread.
 */
public final class MtuSearch {

	private static final int IPV4_HEADERS = 20 + 8;

	private static final int IPV6_HEADERS = 40 + 8;

	private final Flow flow;

	private final Settings settings;

	private final BooleanSupplier stopped;

	private final Payloads payloads = new Payloads();

	private final int headers;

	private final long startNanos = System.nanoTime();

	private int longest;

	private PathMtu.Evidence evidence = PathMtu.Evidence.PROTOCOL;

	private @Nullable InetAddress reporter;

	/**
	 * How to search.
	 *
	 * @param tries how often to send each length before it counts as lost, 1 or more
	 * @param timeout how long to wait for each answer
	 * @param longest how long the whole may take
	 */
	public record Settings(int tries, Duration timeout, Duration longest) {}

	/**
	 * @param stopped whether to give up between datagrams
	 */
	public MtuSearch(Flow flow, Settings settings, BooleanSupplier stopped) {
		this.flow = flow;
		this.settings = settings;
		this.stopped = stopped;
		InetAddress target = flow.remote().getAddress();
		this.headers = (target instanceof Inet6Address) ? IPV6_HEADERS : IPV4_HEADERS;
		this.longest = LongestPayload.to(target);
	}

	public PathMtu run() throws IOException, InterruptedException {
		this.flow.probeMtu();
		Outcome outcome = longest();
		if (!(outcome instanceof Outcome.TimedOut)) {
			return result(outcome, this.longest);
		}
		Outcome shortest = attempt(1);
		if (!arrived(shortest)) {
			return result(shortest, 0);
		}
		return between(1, shortest);
	}

	/**
	 * Tries the longest that nobody has said is too big.
	 */
	private Outcome longest() throws IOException, InterruptedException {
		Outcome outcome = attempt(this.longest);
		while (outcome instanceof Outcome.TooBig tooBig && shorten(tooBig, this.longest)) {
			outcome = attempt(this.longest);
		}
		return (outcome instanceof Outcome.TooBig) ? new Outcome.TimedOut() : outcome;
	}

	/**
	 * @param works a length that is answered
	 */
	private PathMtu between(int works, Outcome answer) throws IOException, InterruptedException {
		int known = works;
		Outcome outcome = answer;
		// Nobody has said that this one is too big.
		int lost = this.longest;
		PathMtu.Evidence lostBy = PathMtu.Evidence.SILENCE;
		while (lost - known > 1) {
			int length = (known + lost) >>> 1;
			Outcome attempt = attempt(length);
			if (arrived(attempt)) {
				known = length;
				outcome = attempt;
			}
			else if (attempt instanceof Outcome.TooBig tooBig && shorten(tooBig, length)) {
				lost = this.longest + 1;
				lostBy = this.evidence;
			}
			else {
				lost = length;
				lostBy = PathMtu.Evidence.SILENCE;
			}
			if (isOver()) {
				return result(new Outcome.TimedOut(), 0);
			}
		}
		this.evidence = lostBy;
		return result(outcome, known);
	}

	/**
	 * Believes a report, if it helps.
	 * @param length of the payload that it is about
	 */
	private boolean shorten(Outcome.TooBig tooBig, int length) {
		int payload = tooBig.pathMtu() - this.headers;
		if (payload < 1 || payload >= length) {
			return false;
		}
		IcmpMessage icmp = tooBig.icmp();
		this.longest = payload;
		this.evidence = (icmp != null) ? PathMtu.Evidence.ICMP : PathMtu.Evidence.LOCAL;
		this.reporter = (icmp != null) ? icmp.reporter() : null;
		return true;
	}

	private Outcome attempt(int length) throws IOException, InterruptedException {
		Outcome outcome = new Outcome.TimedOut();
		for (int tries = 0; tries < this.settings.tries() && outcome instanceof Outcome.TimedOut
				&& !isOver(); tries++) {
			FlowDatagram datagram = this.flow.send(this.payloads.next(length));
			this.flow.await(List.of(datagram), this.settings.timeout());
			outcome = datagram.outcome();
		}
		return outcome;
	}

	private boolean isOver() {
		return this.stopped.getAsBoolean()
				|| System.nanoTime() - this.startNanos >= this.settings.longest().toNanos();
	}

	private static boolean arrived(Outcome outcome) {
		return outcome instanceof Outcome.Replied || outcome instanceof Outcome.Refused;
	}

	private PathMtu result(Outcome outcome, int payload) {
		int known = arrived(outcome) ? payload : 0;
		return new PathMtu(outcome, known, (known > 0) ? known + this.headers : 0, this.evidence,
				(this.evidence == PathMtu.Evidence.ICMP) ? this.reporter : null);
	}

}
