package dev.udpprobe.exchange;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

import dev.udpprobe.linux.Errno;
import dev.udpprobe.linux.QueuedError;
import dev.udpprobe.net.ErrorText;
import dev.udpprobe.net.PayloadLimits;
import dev.udpprobe.outcome.IcmpMeaning;
import dev.udpprobe.outcome.IcmpMessage;
import dev.udpprobe.outcome.Outcome;
import dev.udpprobe.outcome.RoundTrip;

/**
 * Says what an error means for an exchange.
 */
final class Failures {

	private Failures() {}

	/**
	 * What it means that the local host would not open, connect or send.
	 */
	static Outcome onSend(IOException ex) {
		return onSend(ex, 0);
	}

	/**
	 * @param mtu of the path as far as this host knows, in bytes; 0 if it does not say
	 */
	static Outcome onSend(IOException ex, int mtu) {
		Errno errno = errno(ex);
		if (errno == Errno.EMSGSIZE) {
			return tooBigToSend(mtu);
		}
		String reason = ErrorText.of(ex);
		String cause = cause(errno);
		return new Outcome.NotSent(cause.isEmpty() ? reason : cause + " (" + reason + ")", isShortage(errno));
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
	private static String cause(@Nullable Errno errno) {
		return switch (errno) {
			case EPERM -> "a local firewall dropped it";
			case ENETUNREACH -> "there is no route to it";
			case EHOSTUNREACH -> "a local route says that the host is unreachable";
			case EACCES -> "a local route prohibits it, or it is a broadcast address";
			case EINVAL ->
				"a local route drops it, its zone is missing, or it cannot be reached from that source address";
			case EADDRNOTAVAIL -> "that source address is not one of this host";
			case null, default -> "";
		};
	}

	/**
	 * What an error after the send means. One that ICMP can cause is an ICMP message about
	 * this very datagram: the socket is the exchange's own and has sent nothing else
	 * ({@code udp(7)}). Any other known error is this host's own. An error that is not known
	 * counts as one of ICMP.
	 */
	static Outcome onReceive(IOException ex, boolean ipv6, RoundTrip roundTrip) {
		Errno errno = errno(ex);
		if (errno != null && !isOfIcmp(ex, ipv6)) {
			return new Outcome.NotSent("this host cannot receive the answer (" + ErrorText.of(ex) + ")",
					isShortage(errno));
		}
		return switch (errno) {
			case ECONNREFUSED -> new Outcome.Refused(IcmpMessage.refusal(ipv6), roundTrip);
			case EMSGSIZE -> tooBigForRouter(0, null, roundTrip);
			case null, default -> new Outcome.Unreachable(ErrorText.of(ex), null, roundTrip);
		};
	}

	/**
	 * Whether an error is known to be one that ICMP can cause, which does not mean that it did.
	 */
	static boolean isOfIcmp(IOException ex, boolean ipv6) {
		Errno errno = errno(ex);
		return errno != null && errno.isOfIcmp(ipv6);
	}

	/**
	 * Whether an error of a send may be of the socket itself, so that another one may do better: its source address is
	 * none of this host any more, or it is not known what the error means.
	 */
	static boolean isOfSocket(IOException ex) {
		Errno errno = errno(ex);
		return errno == null || errno == Errno.EINVAL || errno == Errno.EADDRNOTAVAIL;
	}

	private static boolean isShortage(@Nullable Errno errno) {
		return switch (errno) {
			case EAGAIN, ENOMEM, ENFILE, EMFILE, EADDRINUSE, ENOBUFS -> true;
			case null, default -> false;
		};
	}

	private static @Nullable Errno errno(IOException ex) {
		Errno errno = Errno.of(ex);
		return (errno == null && TooLong.isSaidBy(ErrorText.of(ex))) ? Errno.EMSGSIZE : errno;
	}

	/**
	 * What ICMP reported about the datagram.
	 */
	static Outcome onIcmp(QueuedError error, RoundTrip roundTrip) {
		IcmpMessage icmp = message(error);
		return switch (icmp.meaning().kind()) {
			case PACKET_TOO_BIG -> tooBigForRouter(error.info(), icmp, roundTrip);
			case TIME_EXCEEDED -> new Outcome.Expired(icmp, roundTrip);
			case DESTINATION_UNREACHABLE, PARAMETER_PROBLEM, OTHER -> (icmp.meaning() == IcmpMeaning.PORT_UNREACHABLE)
					? new Outcome.Refused(icmp, roundTrip)
					: new Outcome.Unreachable(icmp.meaning().label().replace('-', ' '), icmp, roundTrip);
		};
	}

	private static IcmpMessage message(QueuedError error) {
		boolean ipv6 = error.origin() == QueuedError.Origin.ICMPV6;
		return new IcmpMessage(error.type(), error.code(), IcmpMeaning.of(ipv6, error.type(), error.code()),
				error.reporter());
	}

	private static Outcome tooBigForRouter(int mtu, @Nullable IcmpMessage icmp, RoundTrip roundTrip) {
		return new Outcome.TooBig((mtu == 0)
				? "a router on the path takes no datagram of this length"
				: String.format(Locale.ROOT, "the path takes packets of at most %,d bytes", mtu), mtu, icmp, roundTrip);
	}

	/**
	 * What the system says of a datagram that is too long, in whatever language: learnt once by
	 * sending one, for systems whose words for errors cannot be asked for.
	 */
	static final class TooLong {

		/** Nothing arrives there. */
		private static final int DISCARD = 9;

		private static final String WORDS = provoke();

		private TooLong() {}

		/**
		 * @param message of an exception, where something may stand behind the words
		 */
		static boolean isSaidBy(String message) {
			return !WORDS.isEmpty() && (message + " (").startsWith(WORDS + " (");
		}

		private static String provoke() {
			try (DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET)) {
				return sendTooLong(channel);
			}
			catch (IOException _) {
				// No socket, so nothing was learnt.
				return "";
			}
		}

		private static String sendTooLong(DatagramChannel channel) {
			try {
				channel.send(ByteBuffer.allocate(PayloadLimits.MAX_IPV4 + 1),
						new InetSocketAddress(InetAddress.getLoopbackAddress(), DISCARD));
				return "";
			}
			catch (IOException ex) {
				return ErrorText.of(ex);
			}
		}

	}

}
