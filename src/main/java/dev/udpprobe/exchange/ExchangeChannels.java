package dev.udpprobe.exchange;

import java.io.IOException;
import java.net.BindException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
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
	 * @return the channel, or null if no local port has rested long enough
	 * @throws IOException if the operating system refuses
	 */
	static @Nullable DatagramChannel open(InetSocketAddress remote, SocketKind kind, LocalPorts ports)
			throws IOException {
		DatagramChannel channel = open(remote);
		boolean opened = false;
		try {
			// Before connect, which otherwise switches to non-blocking and back by itself.
			channel.configureBlocking(false);
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
	 * Sends an empty datagram, which the JDK (25) silently does not on a connected channel,
	 * by an unconnected twin on the same port. The kernel gives the reply and the ICMP error
	 * to the connected one, which matches both addresses.
	 */
	static void sendEmpty(PendingExchange pending) throws IOException {
		try (DatagramChannel twin = open(pending.remote())) {
			sharePort(pending.channel());
			sharePort(twin);
			twin.bind(new InetSocketAddress(pending.local().getPort()));
			pending.sending();
			twin.send(ByteBuffer.allocate(0), pending.remote());
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
