package dev.udpprobe.exchange;

import java.net.InetSocketAddress;

/**
 * What came of an exchange.
 */
public sealed interface Outcome {

	OutcomeKind kind();

	/**
	 * Outcomes in which something came back: a datagram or an ICMP error.
	 */
	sealed interface Answered extends Outcome {

		/**
		 * @return nanoseconds from just before the send to just after the receive
		 */
		long roundTripNanos();

	}

	/**
	 * A datagram from the target, in time.
	 *
	 * @param reply its payload, whole
	 */
	@SuppressWarnings("ArrayRecordComponent")
	record Replied(byte[] reply, long roundTripNanos) implements Answered {
		@Override
		public OutcomeKind kind() {
			return OutcomeKind.REPLIED;
		}
	}

	/**
	 * ICMP port unreachable (RFC 792 type 3 code 3, RFC 4443 type 1 code 4): nobody listens
	 * on the target's port.
	 */
	record Refused(long roundTripNanos) implements Answered {
		@Override
		public OutcomeKind kind() {
			return OutcomeKind.REFUSED;
		}
	}

	/**
	 * Another ICMP destination-unreachable.
	 *
	 * @param reason the operating system's words
	 */
	record Unreachable(String reason, long roundTripNanos) implements Answered {
		@Override
		public OutcomeKind kind() {
			return OutcomeKind.UNREACHABLE;
		}
	}

	/**
	 * Unconnected socket only: no reply from the target, but one from another address.
	 *
	 * @param from who replied instead
	 */
	@SuppressWarnings("ArrayRecordComponent")
	record Misaddressed(InetSocketAddress from, byte[] reply, long roundTripNanos) implements Answered {
		@Override
		public OutcomeKind kind() {
			return OutcomeKind.MISADDRESSED;
		}
	}

	/**
	 * The payload is longer than a datagram may be, or than the path takes. Nothing arrived.
	 *
	 * @param reason a sentence that says which
	 */
	record TooBig(String reason) implements Outcome {
		@Override
		public OutcomeKind kind() {
			return OutcomeKind.TOO_BIG;
		}
	}

	/**
	 * The local host would not send: no route, a local firewall, no free port, no buffer
	 * space.
	 *
	 * @param reason the operating system's words
	 */
	record NotSent(String reason) implements Outcome {
		@Override
		public OutcomeKind kind() {
			return OutcomeKind.NOT_SENT;
		}
	}

	/**
	 * The target's name has no address. Nothing was sent.
	 *
	 * @param reason a sentence that says why
	 */
	record Unresolved(String reason) implements Outcome {
		@Override
		public OutcomeKind kind() {
			return OutcomeKind.UNRESOLVED;
		}
	}

	/**
	 * Silence until the time-out.
	 */
	record TimedOut() implements Outcome {
		@Override
		public OutcomeKind kind() {
			return OutcomeKind.TIMED_OUT;
		}
	}

}
