package dev.udpprobe.server;

import java.io.IOException;
import java.net.BindException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;

/**
 * Opens the echo server's channels.
 */
final class EchoChannels {

	private EchoChannels() {}

	/**
	 * Opens and binds; whatever fails, nothing stays open.
	 * @param receiveBuffer bytes of SO_RCVBUF, or 0 for the operating system's default
	 * @param sharePort whether other sockets of this user's may have the port, too
	 * @throws EchoBindException if the address is not to be had
	 */
	static DatagramChannel open(InetSocketAddress address, int receiveBuffer, boolean sharePort) throws IOException {
		return open(isIpv4(address), address, receiveBuffer, sharePort);
	}

	/**
	 * @param ipv4 whether the channel is of IPv4 alone, or also of IPv6
	 */
	static DatagramChannel open(boolean ipv4, InetSocketAddress address, int receiveBuffer, boolean sharePort)
			throws IOException {
		DatagramChannel channel = ipv4
				? DatagramChannel.open(StandardProtocolFamily.INET)
				: DatagramChannel.open();
		boolean opened = false;
		try {
			if (receiveBuffer > 0) {
				channel.setOption(StandardSocketOptions.SO_RCVBUF, receiveBuffer);
			}
			if (sharePort) {
				channel.setOption(StandardSocketOptions.SO_REUSEPORT, true);
			}
			channel.bind(address);
			opened = true;
			return channel;
		}
		catch (BindException ex) {
			throw new EchoBindException(address, ex);
		}
		finally {
			if (!opened) {
				channel.close();
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
	 * Whether a socket on this address is of IPv4 alone.
	 */
	static boolean isIpv4(InetSocketAddress address) {
		return address.getAddress() instanceof Inet4Address && !address.getAddress().isAnyLocalAddress();
	}

}
