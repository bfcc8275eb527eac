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
	 * The JVM does not have a family: it was started without IPv6, or the system has none.
	 */
	public static final class NoFamilyException extends SocketException {

		private NoFamilyException() {
			super("this JVM has no IPv6");
		}

	}

	/**
	 * @param family INET for IPv4 alone; INET6 for IPv6 and, where it is not bound to an IPv6
	 * address, IPv4 too
	 */
	public static DatagramChannel open(ProtocolFamily family, Setup setup) throws IOException {
		try {
			return ready(DatagramChannel.open(family), setup);
		}
		catch (UnsupportedOperationException _) {
			throw new NoFamilyException();
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
