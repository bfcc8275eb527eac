package dev.udpprobe.exchange;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.udpprobe.outcome.Outcome;
import dev.udpprobe.outcome.RoundTrip;

/**
 * What an exchange has said so far, and what has come back. For the loop's thread.
 */
final class Transcript {

	/** What a target gets at the most, however it challenges. */
	private static final int MAX_SENT = 16;

	/** What is kept at the most, however much a target says; the last may exceed the bytes. */
	private static final int MAX_PARTS = 64;

	private static final int MAX_BYTES = 1 << 18;

	private final InetSocketAddress remote;

	private final long openedNanos;

	/** In the order in which they left. */
	private final List<SentDatagram> sent = new ArrayList<>(1);

	private int bytesSent;

	private final List<Outcome.Replied> earlier = new ArrayList<>(0);

	private Outcome.@Nullable Replied last;

	private Outcome.@Nullable Misaddressed misaddressed;

	private Outcome.@Nullable Mismatched mismatched;

	private int bytesReceived;

	private int strays;

	/**
	 * @param remote the target
	 * @param openedNanos {@link System#nanoTime} when the socket was opened
	 */
	Transcript(InetSocketAddress remote, long openedNanos) {
		this.remote = remote;
		this.openedNanos = openedNanos;
	}

	/**
	 * Adds a datagram that left.
	 * @param bytes of its payload
	 */
	void addSent(SentDatagram datagram, int bytes) {
		this.sent.add(datagram);
		this.bytesSent += bytes;
	}

	List<SentDatagram> sent() {
		return this.sent;
	}

	/**
	 * @return whether no more may be sent
	 */
	boolean hasSentAll() {
		return this.sent.size() >= MAX_SENT;
	}

	/**
	 * @return the one that left last, of at least one
	 */
	SentDatagram lastSent() {
		return this.sent.getLast();
	}

	/**
	 * @param index from 0
	 * @return null if no such datagram left
	 */
	@Nullable
	SentDatagram sent(int index) {
		return (index >= 0 && index < this.sent.size()) ? this.sent.get(index) : null;
	}

	/**
	 * @param number from 0
	 * @throws IllegalStateException if no such datagram left
	 */
	SentDatagram numbered(int number) {
		SentDatagram datagram = sent(number);
		if (datagram == null) {
			throw new IllegalStateException(
					"%d datagrams left, and none of them is number %d".formatted(this.sent.size(), number));
		}
		return datagram;
	}

	/**
	 * @param datagram that left
	 * @return whether something came before it left, such as what is of an earlier use of the port, so
	 * that it cannot be of it
	 */
	boolean isBefore(SentDatagram datagram, long arrivedNanos, long nowNanos) {
		return datagram.isAfter(arrivedNanos, nowNanos - this.openedNanos);
	}

	/**
	 * @return whether the kernel has told of each datagram when it left
	 */
	boolean isTimed() {
		for (SentDatagram datagram : this.sent) {
			if (!datagram.isTimed()) {
				return false;
			}
		}
		return true;
	}

	/**
	 * @return the last one of which as much as is quoted is, or null
	 */
	@Nullable
	SentDatagram quotedBy(ByteBuffer quoted) {
		for (SentDatagram datagram : this.sent.reversed()) {
			if (datagram.isQuotedBy(quoted)) {
				return datagram;
			}
		}
		return null;
	}

	/**
	 * An answer, or a part of it.
	 * @param from the target, or who else may answer for it
	 */
	void addAnswer(byte[] payload, InetSocketAddress from, RoundTrip roundTrip) {
		awaitNext();
		this.bytesReceived += payload.length;
		this.last = new Outcome.Replied(payload, payload.length, roundTrip, otherThanTarget(from));
	}

	private @Nullable InetSocketAddress otherThanTarget(InetSocketAddress from) {
		return from.equals(this.remote) ? null : from;
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
		return this.earlier.size() + ((this.last != null) ? 1 : 0) >= MAX_PARTS || this.bytesReceived >= MAX_BYTES;
	}

	void stray() {
		this.strays++;
	}

	/**
	 * A stray from whoever may not answer. Only the first is kept.
	 */
	void misaddressed(InetSocketAddress from, byte[] payload, RoundTrip roundTrip) {
		if (this.misaddressed == null) {
			this.misaddressed = new Outcome.Misaddressed(from, payload, roundTrip);
		}
	}

	/**
	 * A stray from the target, or from who else may answer for it, which is no answer to what was
	 * asked. Only the first is kept.
	 */
	void mismatched(byte[] payload, InetSocketAddress from, RoundTrip roundTrip) {
		if (this.mismatched == null) {
			this.mismatched = new Outcome.Mismatched(payload, roundTrip, otherThanTarget(from));
		}
	}

	/**
	 * @return the outcome if nothing more comes
	 */
	Outcome outcome() {
		Outcome best = (this.last != null)
				? this.last
				: (this.mismatched != null) ? this.mismatched : this.misaddressed;
		return (best != null) ? best : new Outcome.TimedOut();
	}

	/**
	 * @param outcome which the exchange ends with
	 */
	Exchange end(InetSocketAddress local, Outcome outcome) {
		if (this.last != outcome) {
			awaitNext();
		}
		return new Exchange(this.remote, local, this.sent.size(), this.bytesSent, List.copyOf(this.earlier),
				this.strays,
				outcome);
	}

}
