package dev.udpprobe.exchange;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.udpprobe.outcome.Outcome;
import dev.udpprobe.outcome.RoundTrip;

/**
 * What has come back for an exchange so far. For the loop's thread.
 */
final class Answers {

	/** What is kept at the most, however much a target says; the last may exceed the bytes. */
	private static final int MAX_PARTS = 64;

	private static final int MAX_BYTES = 1 << 18;

	private final List<Outcome.Replied> earlier = new ArrayList<>(0);

	private Outcome.@Nullable Replied last;

	private Outcome.@Nullable Misaddressed misaddressed;

	private int bytes;

	private int strays;

	/**
	 * An answer, or a part of it.
	 */
	void add(byte[] payload, RoundTrip roundTrip) {
		awaitNext();
		this.bytes += payload.length;
		this.last = new Outcome.Replied(payload, roundTrip);
	}

	/**
	 * What has come was not the end of it: without another answer, the outcome is silence.
	 */
	void awaitNext() {
		if (this.last != null) {
			this.earlier.add(this.last);
			this.last = null;
		}
	}

	/**
	 * @return whether no more parts are kept
	 */
	boolean isFull() {
		return this.earlier.size() + ((this.last != null) ? 1 : 0) >= MAX_PARTS || this.bytes >= MAX_BYTES;
	}

	void stray() {
		this.strays++;
	}

	/**
	 * A stray from another address than the target's. Only the first is kept.
	 */
	void misaddressed(InetSocketAddress from, byte[] payload, RoundTrip roundTrip) {
		if (this.misaddressed == null) {
			this.misaddressed = new Outcome.Misaddressed(from, payload, roundTrip);
		}
	}

	int strays() {
		return this.strays;
	}

	/**
	 * @param outcome which the exchange ends with
	 * @return the answers that are not the outcome, in order
	 */
	List<Outcome.Replied> besides(Outcome outcome) {
		if (this.last != outcome) {
			awaitNext();
		}
		return List.copyOf(this.earlier);
	}

	/**
	 * @return the outcome if nothing more comes
	 */
	Outcome outcome() {
		Outcome replied = this.last;
		Outcome elsewhere = this.misaddressed;
		return (replied != null) ? replied : (elsewhere != null) ? elsewhere : new Outcome.TimedOut();
	}

}
