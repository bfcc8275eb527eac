package dev.udpprobe.exchange;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

import dev.udpprobe.net.Labelled;
import dev.udpprobe.net.PayloadLimits;
import dev.udpprobe.outcome.Outcome;

/**
 * How a datagram is sent; null leaves it to the system.
 *
 * @param ttl how many hops it may go (TTL, hop limit): 1 to 255
 * @param dscp the class of service of RFC 2474: 0 to 63
 * @param dontFragment whether it must arrive whole or not at all
 * @param source the local address that it leaves from
 * @param sourcePort the local port that it leaves from, of a connected socket: 1 to 65535. What
 * comes late for one exchange from a port may be taken for the answer to the next one from there
 * @param answersFrom who may answer; others than the target only where the socket is
 * {@link SocketKind#INFORMED}. Datagrams go to the target alone
 */
public record ExchangeOptions(SocketKind socket, @Nullable Integer ttl, @Nullable Integer dscp,
		@Nullable Boolean dontFragment, @Nullable InetAddress source, @Nullable Integer sourcePort,
		AnswersFrom answersFrom) {

	public ExchangeOptions {
		if (sourcePort != null && socket != SocketKind.CONNECTED) {
			throw new IllegalArgumentException("an unconnected socket would receive what others send to that port");
		}
		if (answersFrom != AnswersFrom.TARGET && socket != SocketKind.INFORMED) {
			throw new IllegalArgumentException("others than the target answer to an informed socket only");
		}
	}

	/**
	 * Of an exchange that the target alone may answer.
	 */
	public ExchangeOptions(SocketKind socket, @Nullable Integer ttl, @Nullable Integer dscp,
			@Nullable Boolean dontFragment, @Nullable InetAddress source, @Nullable Integer sourcePort) {
		this(socket, ttl, dscp, dontFragment, source, sourcePort, AnswersFrom.TARGET);
	}

	/**
	 * How the socket of an exchange is tied to its target.
	 */
	public enum SocketKind implements Labelled {

		/**
		 * {@code connect(2)}ed to the target: the kernel delivers only the target's datagrams,
		 * and reports ICMP errors about it ({@code udp(7)}).
		 */
		CONNECTED,

		/**
		 * Not connected, as an ordinary program's: it receives from anybody and never hears of
		 * a refusal.
		 */
		UNCONNECTED,

		/**
		 * Not connected, so that it receives from anybody, and yet told of ICMP errors, by the kernel's
		 * queue ({@code ip(7)}, IP_RECVERR). Where the kernel's detail is not available, it is as
		 * deaf as one that is {@link #UNCONNECTED}.
		 */
		INFORMED

	}

	/**
	 * Whose datagrams may be the answer. Others are strays.
	 */
	public enum AnswersFrom {

		/** The target. */
		TARGET {
			@Override
			boolean admits(InetSocketAddress from, InetSocketAddress target) {
				return from.equals(target);
			}
		},

		/** The target's address, from whichever port: a server of TFTP takes a new one (RFC 1350 4). */
		ANY_PORT {
			@Override
			boolean admits(InetSocketAddress from, InetSocketAddress target) {
				return from.getAddress().equals(target.getAddress());
			}
		},

		/** Anybody who knows the local port, so that the dialogue has to tell the answer from others. */
		ANYONE {
			@Override
			boolean admits(InetSocketAddress from, InetSocketAddress target) {
				return true;
			}
		};

		abstract boolean admits(InetSocketAddress from, InetSocketAddress target);

	}

	public static final ExchangeOptions CONNECTED = of(SocketKind.CONNECTED);

	public static ExchangeOptions of(SocketKind socket) {
		return new ExchangeOptions(socket, null, null, null, null, null);
	}

	/**
	 * @param port the local one, of a connected socket: 1 to 65535
	 * @return the same from there
	 */
	public ExchangeOptions leavingFrom(int port) {
		return new ExchangeOptions(this.socket, this.ttl, this.dscp, this.dontFragment, this.source, port,
				this.answersFrom);
	}

	/**
	 * @param length of a payload in bytes
	 * @return what an exchange ends as that begins with it, or null if a datagram can carry it
	 */
	static @Nullable Outcome tooLong(InetSocketAddress remote, int length) {
		int max = PayloadLimits.max(remote.getAddress());
		return (length > max)
				? new Outcome.TooBig(String.format(Locale.ROOT,
						"%,d bytes are more than the %,d that a datagram can carry", length, max), 0, null, null)
				: null;
	}

	/**
	 * @return what the exchange ends as without a socket, or null if nothing is in its way
	 */
	@Nullable
	Outcome unsendable(InetSocketAddress remote) {
		if (this.source == null) {
			return null;
		}
		if (this.source instanceof Inet6Address != remote.getAddress() instanceof Inet6Address) {
			return new Outcome.NotSent("the source address and the target's are of different families");
		}
		return isLocal(this.source) ? null : new Outcome.NotSent("that source address is not one of this host");
	}

	/**
	 * Whether this host has the address. Linux would bind a socket to a multicast or broadcast address
	 * too, and then send from another one.
	 */
	static boolean isLocal(InetAddress address) {
		try {
			return address.isLoopbackAddress() || address.isAnyLocalAddress()
					|| NetworkInterface.getByInetAddress(address) != null;
		}
		catch (SocketException _) {
			return false;
		}
	}

}
