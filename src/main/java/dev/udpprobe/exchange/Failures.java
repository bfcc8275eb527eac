package dev.udpprobe.exchange;

import java.io.IOException;
import java.net.PortUnreachableException;
import java.util.Objects;

/**
 * Says what an error of the operating system means for an exchange.
 */
final class Failures {

	/** {@code strerror(3)} of EMSGSIZE; the JDK has no exception of its own for it. */
	private static final String MESSAGE_TOO_LONG = "Message too long";

	private Failures() {}

	/**
	 * The local host's own refusal to open, connect or send.
	 */
	static Outcome onSend(IOException ex) {
		String reason = reason(ex);
		return reason.startsWith(MESSAGE_TOO_LONG)
				? new Outcome.TooBig("the local network takes no datagram of this length")
				: new Outcome.NotSent(reason);
	}

	/**
	 * An error after the send can only be an ICMP message about this very datagram: the
	 * socket is the exchange's own and has sent nothing else ({@code udp(7)}).
	 */
	static Outcome onReceive(IOException ex, long roundTripNanos) {
		if (ex instanceof PortUnreachableException) {
			return new Outcome.Refused(roundTripNanos);
		}
		String reason = reason(ex);
		return reason.startsWith(MESSAGE_TOO_LONG)
				? new Outcome.TooBig("a router on the path takes no datagram of this length")
				: new Outcome.Unreachable(reason, roundTripNanos);
	}

	private static String reason(IOException ex) {
		return Objects.requireNonNullElse(ex.getMessage(), ex.getClass().getSimpleName());
	}

}
