package dev.udpprobe.exchange;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

import dev.udpprobe.net.PayloadLimits;
import dev.udpprobe.outcome.Outcome;

/**
 * What cannot be sent, so that no socket needs to be opened for it.
 */
final class Unsendable {

	private Unsendable() {}

	/**
	 * @return what the exchange ends as without a socket, or null if nothing is in its way
	 */
	static @Nullable Outcome outcome(InetSocketAddress remote, byte[] payload, ExchangeOptions options) {
		int max = PayloadLimits.max(remote.getAddress());
		return (payload.length > max)
				? new Outcome.TooBig(
						String.format(Locale.ROOT, "%,d bytes are more than the %,d that a datagram can carry",
								payload.length, max),
						0, null, null)
				: ofSource(remote, options);
	}

	private static @Nullable Outcome ofSource(InetSocketAddress remote, ExchangeOptions options) {
		InetAddress source = options.source();
		if (source == null) {
			return null;
		}
		if (source instanceof Inet6Address != remote.getAddress() instanceof Inet6Address) {
			return new Outcome.NotSent("the source address and the target's are of different families");
		}
		return isLocal(source) ? null : new Outcome.NotSent("that source address is not one of this host");
	}

	/**
	 * Linux would bind a socket to a multicast or broadcast address too, and then send from
	 * another one.
	 */
	private static boolean isLocal(InetAddress source) {
		try {
			return source.isLoopbackAddress() || source.isAnyLocalAddress()
					|| NetworkInterface.getByInetAddress(source) != null;
		}
		catch (SocketException _) {
			return false;
		}
	}

}
