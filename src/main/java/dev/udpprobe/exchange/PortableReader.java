package dev.udpprobe.exchange;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

import dev.udpprobe.net.PayloadLimits;
import dev.udpprobe.outcome.RoundTrip;

/**
 * Reads with the JDK alone, which tells of some ICMP errors, but not who reported them.
 */
final class PortableReader implements ReplyLoop.Reader {

	private final ByteBuffer buffer = ByteBuffer.allocateDirect(PayloadLimits.BUFFER);

	/**
	 * {@code receive}, on a connected channel too: {@code read} cannot tell an empty
	 * datagram from none.
	 */
	@Override
	public boolean read(PendingExchange pending) throws IOException {
		InetSocketAddress from = (InetSocketAddress) pending.channel().receive(this.buffer.clear());
		if (from != null && pending.isSending()) {
			RoundTrip roundTrip = RoundTrip.jvm(pending.sinceSentNanos());
			byte[] reply = new byte[this.buffer.flip().remaining()];
			this.buffer.get(reply);
			pending.replied(reply, from, roundTrip);
		}
		return from != null;
	}

	@Override
	public void close() {}

}
