package dev.udpprobe.outcome;

import java.net.InetSocketAddress;

import org.jspecify.annotations.Nullable;

import dev.udpprobe.net.Labelled;

/**
 * What came of an exchange.
 */
public sealed interface Outcome {

	/**
	 * The kinds of outcomes, for whoever counts them.
	 */
	enum Kind implements Labelled {

		REPLIED, REFUSED, UNREACHABLE, EXPIRED, MISADDRESSED, MISMATCHED, TOO_BIG, NOT_SENT, UNRESOLVED, TIMED_OUT

	}

	default Kind kind() {
		return switch (this) {
			case Replied _ -> Kind.REPLIED;
			case Refused _ -> Kind.REFUSED;
			case Unreachable _ -> Kind.UNREACHABLE;
			case Expired _ -> Kind.EXPIRED;
			case Misaddressed _ -> Kind.MISADDRESSED;
			case Mismatched _ -> Kind.MISMATCHED;
			case TooBig _ -> Kind.TOO_BIG;
			case NotSent _ -> Kind.NOT_SENT;
			case Unresolved _ -> Kind.UNRESOLVED;
			case TimedOut _ -> Kind.TIMED_OUT;
		};
	}

	/**
	 * @return how long it took until a datagram or an ICMP error came back, or null if none
	 * did
	 */
	default @Nullable RoundTrip roundTrip() {
		return null;
	}

	/**
	 * @return the ICMP error that came back, or null if there was none, or the system does
	 * not tell
	 */
	default @Nullable IcmpMessage icmp() {
		return null;
	}

	/**
	 * @return whether this host was short of something, for the time being, so that it says nothing of the target
	 */
	default boolean shortage() {
		return false;
	}

	/**
	 * A datagram from the target, in time, or from who else may answer for it.
	 *
	 * @param reply its payload, whole, or nothing where that is not kept
	 * @param length of its payload, in bytes
	 * @param from who sent it, where it is not the target
	 */
	@SuppressWarnings("ArrayRecordComponent")
	record Replied(byte[] reply, int length, RoundTrip roundTrip, @Nullable InetSocketAddress from) implements Outcome {

		public Replied(byte[] reply, RoundTrip roundTrip) {
			this(reply, reply.length, roundTrip, null);
		}

		/**
		 * @return the same, for whoever keeps many
		 */
		public Replied withoutReply() {
			return new Replied(new byte[0], this.length, this.roundTrip, this.from);
		}

	}

	/**
	 * ICMP port unreachable (RFC 792 type 3 code 3, RFC 4443 type 1 code 4): nobody listens
	 * on the target's port.
	 */
	record Refused(IcmpMessage icmp, RoundTrip roundTrip) implements Outcome {}

	/**
	 * Another ICMP destination-unreachable, or a complaint about the datagram's header.
	 *
	 * @param reason what it says, in a clause
	 */
	record Unreachable(String reason, @Nullable IcmpMessage icmp, RoundTrip roundTrip) implements Outcome {}

	/**
	 * ICMP time exceeded: a router dropped the datagram because its TTL had run out, or its
	 * fragments were not complete in time.
	 */
	record Expired(IcmpMessage icmp, RoundTrip roundTrip) implements Outcome {}

	/**
	 * Unconnected socket only: no reply from the target, but one from an address that may not answer for
	 * it.
	 *
	 * @param from who replied instead
	 * @param reply its payload, whole, or nothing where that is not kept
	 * @param length of its payload, in bytes
	 */
	@SuppressWarnings("ArrayRecordComponent")
	record Misaddressed(InetSocketAddress from, byte[] reply, int length, RoundTrip roundTrip) implements Outcome {

		public Misaddressed(InetSocketAddress from, byte[] reply, RoundTrip roundTrip) {
			this(from, reply, reply.length, roundTrip);
		}

		/**
		 * @return the same, for whoever keeps many
		 */
		public Misaddressed withoutReply() {
			return new Misaddressed(this.from, new byte[0], this.length, this.roundTrip);
		}

	}

	/**
	 * Datagrams came from the target, or from who else may answer for it, but none was an answer to
	 * what was asked.
	 *
	 * @param reply the payload of the first one, whole, or nothing where that is not kept
	 * @param length of its payload, in bytes
	 * @param from who sent it, where it is not the target
	 */
	@SuppressWarnings("ArrayRecordComponent")
	record Mismatched(byte[] reply, int length, RoundTrip roundTrip,
			@Nullable InetSocketAddress from) implements Outcome {

		public Mismatched(byte[] reply, RoundTrip roundTrip, @Nullable InetSocketAddress from) {
			this(reply, reply.length, roundTrip, from);
		}

		/**
		 * @return the same, for whoever keeps many
		 */
		public Mismatched withoutReply() {
			return new Mismatched(new byte[0], this.length, this.roundTrip, this.from);
		}

	}

	/**
	 * The payload is longer than a datagram may be, or than the path takes. Nothing arrived.
	 *
	 * @param reason a clause that says which
	 * @param pathMtu the longest packet that the path takes, in bytes with all headers; 0 if
	 * that is not known
	 */
	record TooBig(String reason, int pathMtu, @Nullable IcmpMessage icmp,
			@Nullable RoundTrip roundTrip) implements Outcome {}

	/**
	 * The local host would not send: no route, a local firewall, no free port, no buffer
	 * space, the limit for one address. Or it would not receive what came back, if anything did.
	 *
	 * @param reason a clause, with the operating system's words
	 * @param shortage whether it was for want of descriptors, local ports, memory or buffer space, or of what may be sent to one address
	 */
	record NotSent(String reason, boolean shortage) implements Outcome {

		/**
		 * Not for want of anything.
		 */
		public NotSent(String reason) {
			this(reason, false);
		}

	}

	/**
	 * The target's name has no address. Nothing was sent.
	 *
	 * @param reason a sentence that says why
	 * @param shortage whether nobody was asked for it, such as for want of threads or memory
	 */
	record Unresolved(String reason, boolean shortage) implements Outcome {}

	/**
	 * Silence until the time-out.
	 */
	record TimedOut() implements Outcome {}

}
