package dev.udpprobe.exchange;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;

import dev.udpprobe.net.ErrorText;
import dev.udpprobe.net.PayloadLimits;

/**
 * What the system says of a datagram that is too long, in whatever language: learnt once by
 * sending one, for systems whose words for errors cannot be asked for.
 */
final class TooLong {

	/** Nothing arrives there. */
	private static final int DISCARD = 9;

	private static final String WORDS = provoke();

	private TooLong() {}

	/**
	 * @param message of an exception, where something may stand behind the words
	 */
	static boolean isSaidBy(String message) {
		return !WORDS.isEmpty() && message.startsWith(WORDS);
	}

	private static String provoke() {
		try (DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET)) {
			channel.send(ByteBuffer.allocate(PayloadLimits.MAX_IPV4 + 1),
					new InetSocketAddress(InetAddress.getLoopbackAddress(), DISCARD));
			return "";
		}
		catch (IOException ex) {
			return ErrorText.of(ex);
		}
	}

}
