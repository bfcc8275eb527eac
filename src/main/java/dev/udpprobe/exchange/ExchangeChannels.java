package dev.udpprobe.exchange;

import java.io.IOException;
import java.net.BindException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;

import org.jspecify.annotations.Nullable;

/**
 * Opens the channel of one exchange.
 */
final class ExchangeChannels {

	private static final int BIND_TRIES = 256;

	private ExchangeChannels() {}

	/**
	 * Opens a non-blocking channel of the target's own family on a rested local port and,
	 * where asked for, connects it. Whatever fails, nothing stays open.
	 * @param twin whether {@link #openTwin} will be needed
	 * @return the channel, or null if no local port has rested long enough
	 * @throws IOException if the operating system refuses; the message names the address
	 */
	static @Nullable DatagramChannel open(InetSocketAddress remote, SocketKind kind, boolean twin,
			LocalPorts ports) throws IOException {
		DatagramChannel channel = DatagramChannel.open((remote.getAddress() instanceof Inet6Address)
				? StandardProtocolFamily.INET6
				: StandardProtocolFamily.INET);
		boolean opened = false;
		try {
			// Before connect, which otherwise switches to non-blocking and back by itself.
			channel.configureBlocking(false);
			if (twin && kind == SocketKind.CONNECTED) {
				sharePort(channel);
			}
			if (!bind(channel, ports)) {
				return null;
			}
			if (kind == SocketKind.CONNECTED) {
				channel.connect(remote);
			}
			opened = true;
			return channel;
		}
		finally {
			if (!opened) {
				channel.close();
			}
		}
	}

	private static boolean bind(DatagramChannel channel, LocalPorts ports) throws IOException {
		for (int tries = 1;; tries++) {
			int port = ports.next();
			if (port < 0) {
				return false;
			}
			try {
				channel.bind(new InetSocketAddress(port));
				return true;
			}
			catch (BindException ex) {
				if (tries == BIND_TRIES) {
					throw ex;
				}
			}
		}
	}

	/**
	 * Opens an unconnected channel on the local port of a connected one, to send what a
	 * connected channel cannot: the JDK (25) silently sends no empty datagram on one. The
	 * kernel gives the reply and the ICMP error to the connected one, which matches both
	 * addresses.
	 * @param local of the connected channel, which was opened for a twin
	 */
	static DatagramChannel openTwin(InetSocketAddress local, InetSocketAddress remote) throws IOException {
		DatagramChannel channel = open(remote);
		boolean opened = false;
		try {
			sharePort(channel);
			channel.bind(new InetSocketAddress(local.getPort()));
			opened = true;
			return channel;
		}
		finally {
			if (!opened) {
				channel.close();
			}
		}
	}

	private static void sharePort(DatagramChannel channel) throws IOException {
		if (!channel.supportedOptions().contains(StandardSocketOptions.SO_REUSEPORT)) {
			throw new IOException("this system sends no empty datagram from a connected socket");
		}
		channel.setOption(StandardSocketOptions.SO_REUSEPORT, true);
	}

	private static DatagramChannel open(InetSocketAddress remote) throws IOException {
		return DatagramChannel.open((remote.getAddress() instanceof Inet6Address)
				? StandardProtocolFamily.INET6
				: StandardProtocolFamily.INET);
	}

}
