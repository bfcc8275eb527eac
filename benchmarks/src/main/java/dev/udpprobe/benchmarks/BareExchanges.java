package dev.udpprobe.benchmarks;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;

/**
 * Exchanges by the JDK's channel alone: what the engine is compared with. For one thread.
 */
final class BareExchanges {

	private static final int TIMEOUT_MILLIS = 1_000;

	private static final int LONGEST = 1 << 16;

	private final InetSocketAddress remote;

	private final ByteBuffer payload;

	private final ByteBuffer reply = ByteBuffer.allocateDirect(LONGEST);

	private final DatagramPacket packet = new DatagramPacket(new byte[LONGEST], LONGEST);

	private final DatagramChannel reused;

	BareExchanges(InetSocketAddress remote, int payloadLength) throws IOException {
		this.remote = remote;
		this.payload = ByteBuffer.allocateDirect(payloadLength);
		this.reused = open();
	}

	private DatagramChannel open() throws IOException {
		return DatagramChannel.open(StandardProtocolFamily.INET).connect(this.remote);
	}

	/**
	 * On a channel of its own, with a time-out. By the socket adaptor, which came out no
	 * dearer than a non-blocking channel and a selector that is kept.
	 * @return the reply's length
	 */
	int fresh() throws IOException {
		try (DatagramChannel channel = open()) {
			channel.write(this.payload.clear());
			channel.socket().setSoTimeout(TIMEOUT_MILLIS);
			this.packet.setLength(LONGEST);
			channel.socket().receive(this.packet);
			return this.packet.getLength();
		}
	}

	/**
	 * On a channel that is kept, without a time-out: nothing is cheaper in Java.
	 * @return the reply's length
	 */
	int reused() throws IOException {
		this.reused.write(this.payload.clear());
		return this.reused.read(this.reply.clear());
	}

}
