package dev.udpprobe.path;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.function.BooleanSupplier;

import org.jspecify.annotations.Nullable;

import dev.udpprobe.exchange.Flow;
import dev.udpprobe.net.PayloadLimits;
import dev.udpprobe.outcome.IcmpMessage;
import dev.udpprobe.outcome.Outcome;

/**
 * Finds the longest datagram that gets to a target and is answered, in the way of RFC 8899:
 * it believes who says that a datagram is too big (RFC 1191, RFC 8201), and where nobody
 * says so and long ones vanish, it tries lengths in between. For one thread.
 */
public final class MtuSearch {

	/** What any network takes: RFC 791 and RFC 8200 5. */
	private static final int IPV4_MIN_MTU = 68;

	private static final int IPV6_MIN_MTU = 1_280;

	/** Of paths that get narrower and narrower, each router says so once. */
	private static final int MAX_REPORTS = 16;

	private final Flow flow;

	private final Settings settings;

	private final BooleanSupplier stopped;

	private final Payloads payloads;

	private final int headers;

	private final int minMtu;

	private final TimeLimit time;

	private int maxPayload;

	private PathMtu.Evidence evidence = PathMtu.Evidence.PROTOCOL;

	private @Nullable InetAddress reporter;

	/**
	 * How to search.
	 *
	 * @param tries how often to send each length before it counts as lost, 1 or more
	 * @param timeout how long to wait for each answer
	 * @param maxTime how long the whole may take
	 */
	public record Settings(int tries, Duration timeout, Duration maxTime) {}

	/**
	 * @param payloads those that the flow tells apart
	 * @param stopped whether to give up between datagrams
	 */
	public MtuSearch(Flow flow, Settings settings, Payloads payloads, BooleanSupplier stopped) {
		this.flow = flow;
		this.settings = settings;
		this.payloads = payloads;
		this.stopped = stopped;
		this.time = new TimeLimit(settings.maxTime());
		InetAddress target = flow.remote().getAddress();
		this.headers = PayloadLimits.headers(target);
		this.minMtu = (target instanceof Inet6Address) ? IPV6_MIN_MTU : IPV4_MIN_MTU;
		this.maxPayload = PayloadLimits.max(target);
	}

	public PathMtu run() throws InterruptedException {
		this.flow.probeMtu();
		int minimum = this.payloads.minLength() + this.payloads.signature();
		Outcome outcome = attempt(Math.max(minimum, this.maxPayload));
		for (int reports = 0; reports < MAX_REPORTS && believe(outcome, minimum, this.maxPayload); reports++) {
			outcome = attempt(this.maxPayload);
		}
		if (!(outcome instanceof Outcome.TimedOut || outcome instanceof Outcome.TooBig)) {
			return result(outcome, this.maxPayload);
		}
		blame(outcome);
		outcome = attempt(minimum);
		return arrived(outcome) ? between(minimum, outcome) : result(outcome, 0);
	}

	/**
	 * Halves the lengths between one that is answered and the maximum, which is not.
	 */
	private PathMtu between(int answered, Outcome answer) throws InterruptedException {
		int known = answered;
		Outcome outcome = answer;
		int lost = this.maxPayload;
		while (lost - known > 1) {
			int length = (known + lost) >>> 1;
			Outcome attempt = attempt(length);
			if (arrived(attempt)) {
				known = length;
				outcome = attempt;
			}
			else if (isOver()) {
				// Perhaps before it was tried.
				this.evidence = PathMtu.Evidence.UNFINISHED;
				break;
			}
			else if (believe(attempt, known, length)) {
				lost = this.maxPayload + 1;
			}
			else {
				lost = length;
				blame(attempt);
			}
		}
		return result(outcome, known);
	}

	/**
	 * Believes a report that helps: of less than was sent, but more than has got there, and no
	 * less than any network must take. So no forged one ends the search, or prolongs it much.
	 * @param known a length of payload that was answered, or the shortest that there is
	 * @param length the one that the report is about
	 */
	private boolean believe(Outcome outcome, int known, int length) {
		if (!(outcome instanceof Outcome.TooBig tooBig) || tooBig.pathMtu() < this.minMtu) {
			return false;
		}
		int payload = tooBig.pathMtu() - this.headers;
		if (payload < known || payload >= length) {
			return false;
		}
		this.maxPayload = payload;
		blame(outcome);
		return true;
	}

	/**
	 * Remembers what is in the way of longer ones.
	 */
	private void blame(Outcome outcome) {
		IcmpMessage icmp = outcome.icmp();
		this.reporter = (icmp != null) ? icmp.reporter() : null;
		this.evidence = (icmp != null)
				? PathMtu.Evidence.ICMP
				: (outcome instanceof Outcome.TooBig) ? PathMtu.Evidence.LOCAL : PathMtu.Evidence.SILENCE;
	}

	private Outcome attempt(int length) throws InterruptedException {
		Outcome outcome = new Outcome.TimedOut();
		for (int tries = 0; tries < this.settings.tries() && outcome instanceof Outcome.TimedOut
				&& !isOver(); tries++) {
			outcome = Payloads.await(this.payloads.send(this.flow, length - this.payloads.signature(),
					this.time.within(this.settings.timeout()))).outcome();
		}
		return outcome;
	}

	private boolean isOver() {
		return this.stopped.getAsBoolean() || this.time.isOver();
	}

	private static boolean arrived(Outcome outcome) {
		return outcome instanceof Outcome.Replied || outcome instanceof Outcome.Refused;
	}

	private PathMtu result(Outcome outcome, int payload) {
		int known = arrived(outcome) ? payload : 0;
		return new PathMtu(outcome, known, (known > 0) ? known + this.headers : 0, this.evidence,
				(this.evidence == PathMtu.Evidence.ICMP) ? this.reporter : null, this.time.elapsed());
	}

}
