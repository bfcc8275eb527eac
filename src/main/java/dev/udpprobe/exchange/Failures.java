package dev.udpprobe.exchange;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.Locale;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import dev.udpprobe.linux.QueuedError;
import dev.udpprobe.net.PayloadLimits;
import dev.udpprobe.outcome.IcmpMeaning;
import dev.udpprobe.outcome.IcmpMessage;
import dev.udpprobe.outcome.Outcome;
import dev.udpprobe.outcome.RoundTrip;

/**
 * Says what an error means for an exchange.
 */
final class Failures {

	/**
	 * The words for EMSGSIZE, for which the JDK has no exception of its own; in the language
	 * of the system, so they are asked for.
	 */
	private static final String MESSAGE_TOO_LONG = messageTooLong();

	private static final int DISCARD = 9;

	private Failures() {}

	/**
	 * The local host's own refusal to open, connect or send.
	 */
	static Outcome onSend(IOException ex) {
		return onSend(ex, 0);
	}

	/**
	 * @param mtu of the path as far as this host knows, in bytes; 0 if it does not say
	 */
	static Outcome onSend(IOException ex, int mtu) {
		String reason = reason(ex);
		if (!reason.startsWith(MESSAGE_TOO_LONG)) {
			return new Outcome.NotSent(cause(reason));
		}
		return tooBigToSend(mtu);
	}

	static Outcome tooBigToSend(int mtu) {
		return new Outcome.TooBig((mtu == 0)
				? "the local network takes no datagram of this length"
				: String.format(Locale.ROOT, "this host sends packets of at most %,d bytes there", mtu), mtu, null,
				null);
	}

	/**
	 * What {@code send(2)} means by its error ({@code udp(7)}, {@code ip(7)}, and
	 * {@code ip-route(8)} on types of routes).
	 */
	private static String cause(String reason) {
		String cause = switch (reason) {
			case "Operation not permitted" -> "a local firewall dropped it";
			case "Network is unreachable" -> "there is no route to it";
			case "No route to host" -> "a local route says that the host is unreachable";
			case "Permission denied" -> "a local route prohibits it, or it is a broadcast address";
			case "Invalid argument" ->
				"a local route drops it, its zone is missing, or it cannot be reached from that source address";
			case "Cannot assign requested address" -> "that source address is not one of this host";
			default -> "";
		};
		return cause.isEmpty() ? reason : cause + " (" + reason + ")";
	}

	/**
	 * An error after the send can only be an ICMP message about this very datagram: the
	 * socket is the exchange's own and has sent nothing else ({@code udp(7)}).
	 */
	static Outcome onReceive(IOException ex, boolean ipv6, RoundTrip roundTrip) {
		if (ex instanceof PortUnreachableException) {
			return new Outcome.Refused(IcmpMessage.refusal(ipv6), roundTrip);
		}
		String reason = reason(ex);
		return reason.startsWith(MESSAGE_TOO_LONG)
				? tooBigForRouter(0, null, roundTrip)
				: new Outcome.Unreachable(reason, null, roundTrip);
	}

	/**
	 * What ICMP reported about the datagram.
	 */
	static Outcome onIcmp(QueuedError error, RoundTrip roundTrip) {
		IcmpMessage icmp = IcmpMessage.of(error);
		return switch (icmp.meaning().kind()) {
			case PACKET_TOO_BIG -> tooBigForRouter(error.info(), icmp, roundTrip);
			case TIME_EXCEEDED -> new Outcome.Expired(icmp, roundTrip);
			case DESTINATION_UNREACHABLE, PARAMETER_PROBLEM, OTHER -> (icmp.meaning() == IcmpMeaning.PORT_UNREACHABLE)
					? new Outcome.Refused(icmp, roundTrip)
					: new Outcome.Unreachable(icmp.meaning().label().replace('-', ' '), icmp, roundTrip);
		};
	}

	private static Outcome tooBigForRouter(int mtu, @Nullable IcmpMessage icmp, RoundTrip roundTrip) {
		return new Outcome.TooBig((mtu == 0)
				? "a router on the path takes no datagram of this length"
				: String.format(Locale.ROOT, "the path takes packets of at most %,d bytes", mtu), mtu, icmp, roundTrip);
	}

	private static String messageTooLong() {
		try (DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET)) {
			channel.send(ByteBuffer.allocate(PayloadLimits.MAX_IPV4 + 1),
					new InetSocketAddress(InetAddress.getLoopbackAddress(), DISCARD));
		}
		catch (IOException ex) {
			return reason(ex);
		}
		return "Message too long";
	}

	private static String reason(IOException ex) {
		return Objects.requireNonNullElse(ex.getMessage(), ex.getClass().getSimpleName());
	}

}
