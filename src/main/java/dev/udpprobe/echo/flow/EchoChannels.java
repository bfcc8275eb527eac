package dev.udpprobe.echo.flow;

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
		DatagramChannel channel = isIpv4(address)
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

	private static boolean isIpv4(InetSocketAddress address) {
		return address.getAddress() instanceof Inet4Address && !address.getAddress().isAnyLocalAddress();
	}

}
