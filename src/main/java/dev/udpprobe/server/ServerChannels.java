package dev.udpprobe.server;

import java.io.IOException;
import java.net.BindException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;

import dev.udpprobe.net.DatagramChannels;

/**
 * Opens the server's channels.
 */
final class ServerChannels {

	/** Where nobody reads: the discard port (RFC 863), which hardly anybody opens. */
	private static final int DISCARD = 9;

	private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

	private ServerChannels() {}

	/**
	 * Opens and binds; whatever fails, nothing stays open.
	 * @param ipv4 whether the channel is of IPv4 alone, or also of IPv6
	 * @param receiveBuffer bytes of SO_RCVBUF, or 0 for the operating system's default
	 * @param sharePort whether other sockets of this user may have the port, too
	 * @param setup what is done to the channel once it is bound
	 * @throws ServerBindException if the address is not available
	 */
	static DatagramChannel open(boolean ipv4, InetSocketAddress address, int receiveBuffer, boolean sharePort,
			DatagramChannels.Setup setup) throws IOException {
		DatagramChannels.Setup all = (channel) -> {
			if (receiveBuffer > 0) {
				channel.setOption(StandardSocketOptions.SO_RCVBUF, receiveBuffer);
			}
			if (sharePort) {
				channel.setOption(StandardSocketOptions.SO_REUSEPORT, true);
			}
			channel.bind(address);
			setup.accept(channel);
		};
		try {
			if (ipv4) {
				return DatagramChannels.open(StandardProtocolFamily.INET, all);
			}
			return (address.getAddress() instanceof Inet6Address && !address.getAddress().isAnyLocalAddress())
					? DatagramChannels.open(StandardProtocolFamily.INET6, all)
					: DatagramChannels.open(all);
		}
		catch (BindException | DatagramChannels.NoIpv6Exception ex) {
			throw new ServerBindException(address, ex);
		}
	}

	/**
	 * Whether the system lets channels share a port.
	 */
	static boolean sharesPorts(DatagramChannel channel) {
		return channel.supportedOptions().contains(StandardSocketOptions.SO_REUSEPORT);
	}

	/**
	 * Opens a channel.
	 */
	@FunctionalInterface
	interface Opener {

		/**
		 * @param setup what is done to the channel once it is bound
		 */
		DatagramChannel open(DatagramChannels.Setup setup) throws IOException;

	}

	/**
	 * Opens a channel on the port of another one, which shares it from now on. If that fails, it
	 * does not, so that nobody else has the port unnoticed.
	 * @param setup what is done to the opened channel once it is bound
	 * @param opener opens the channel, which shares the port until it is bound
	 */
	static DatagramChannel openBeside(DatagramChannel channel, DatagramChannels.Setup setup, Opener opener)
			throws IOException {
		channel.setOption(StandardSocketOptions.SO_REUSEPORT, true);
		boolean complete = false;
		try {
			DatagramChannel opened = opener.open((bound) -> {
				bound.setOption(StandardSocketOptions.SO_REUSEPORT, false);
				setup.accept(bound);
			});
			complete = true;
			return opened;
		}
		finally {
			if (!complete) {
				channel.setOption(StandardSocketOptions.SO_REUSEPORT, false);
			}
		}
	}

	/**
	 * @return the address with the port that was taken
	 */
	static InetSocketAddress bound(InetSocketAddress address, DatagramChannel channel) {
		return new InetSocketAddress(address.getAddress(), channel.socket().getLocalPort());
	}

	/**
	 * @param bound where a socket is bound that is to send
	 * @return where it can send without another host and without a network
	 */
	static InetSocketAddress onThisHost(InetAddress bound) {
		return new InetSocketAddress(bound.isAnyLocalAddress() ? LOOPBACK : bound, DISCARD);
	}

	/**
	 * Sends a datagram to this host from a blocking channel, which the JDK does not know to be
	 * connected.
	 * @return whether it left; it does not when the send buffer is full
	 */
	static boolean sendToThisHost(DatagramChannel channel, InetAddress bound) throws IOException {
		// The JDK would wait without end for room in the send buffer.
		channel.configureBlocking(false);
		try {
			return send(channel, onThisHost(bound));
		}
		catch (IOException _) {
			// It may be ICMP's about a reply of before, which whoever forges messages can cause at any time.
			return send(channel, onThisHost(bound));
		}
		finally {
			channel.configureBlocking(true);
		}
	}

	private static boolean send(DatagramChannel channel, InetSocketAddress to) throws IOException {
		return channel.send(ByteBuffer.allocate(1), to) > 0;
	}

	/**
	 * Whether a socket on this address is of IPv4 alone.
	 */
	static boolean isIpv4(InetSocketAddress address) {
		return address.getAddress() instanceof Inet4Address && !address.getAddress().isAnyLocalAddress();
	}

}
