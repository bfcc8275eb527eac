package dev.udpprobe.net;

import java.io.IOException;
import java.net.ProtocolFamily;
import java.net.SocketException;
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
	 * The JVM was started without IPv6, or the system has none.
	 */
	public static final class NoIpv6Exception extends SocketException {

		private NoIpv6Exception() {
			super("this JVM has no IPv6");
		}

	}

	/**
	 * @param family INET for IPv4 alone; INET6 for IPv6 and, where it is not bound to an IPv6
	 * address, IPv4 too
	 * @throws NoIpv6Exception if there is no IPv6
	 */
	public static DatagramChannel open(ProtocolFamily family, Setup setup) throws IOException {
		return ready(opened(family), setup);
	}

	private static DatagramChannel opened(ProtocolFamily family) throws IOException {
		try {
			return DatagramChannel.open(family);
		}
		catch (UnsupportedOperationException _) {
			// Every JVM has IPv4.
			throw new NoIpv6Exception();
		}
	}

	/**
	 * Opens a channel of all families that the JVM has.
	 */
	public static DatagramChannel open(Setup setup) throws IOException {
		return ready(DatagramChannel.open(), setup);
	}

	private static DatagramChannel ready(DatagramChannel channel, Setup setup) throws IOException {
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
