package dev.udpprobe.net;

import java.io.IOException;
import java.net.ProtocolFamily;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;

/**
 * Opens channels. Whatever fails, nothing stays open.
 */
public final class DatagramChannels {

	private DatagramChannels() {}

	/**
	 * What is done to a channel before it is used.
	 */
	@FunctionalInterface
	public interface Setup {

		void accept(DatagramChannel channel) throws IOException;

	}

	/**
	 * @param family INET for IPv4 alone; INET6 for IPv6 and, where it is not bound to an IPv6
	 * address, IPv4 too
	 * @throws SocketException if this host does not have the family
	 */
	public static DatagramChannel open(ProtocolFamily family, Setup setup) throws IOException {
		return ready(opened(family), setup);
	}

	/**
	 * Opens a channel of all families that this host has.
	 */
	public static DatagramChannel open(Setup setup) throws IOException {
		return ready(DatagramChannel.open(), setup);
	}

	private static DatagramChannel opened(ProtocolFamily family) throws IOException {
		try {
			return DatagramChannel.open(family);
		}
		catch (UnsupportedOperationException _) {
			throw new SocketException("this host has no "
					+ ((family == StandardProtocolFamily.INET6) ? "IPv6" : "IPv4"));
		}
	}

	/**
	 * Does to a channel that is open what makes it ready, or closes it.
	 */
	public static DatagramChannel ready(DatagramChannel channel, Setup setup) throws IOException {
		boolean ready = false;
		try {
			setup.accept(channel);
			ready = true;
			return channel;
		}
		finally {
			if (!ready) {
				channel.close();
			}
		}
	}

}
