package dev.udpprobe.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.Selector;

import org.jspecify.annotations.Nullable;

/**
 * A portable channel that another one has taken the place of. It is given what its peer sends as
 * long as it is open, so it is read until the peer has been silent for a moment: a peer that goes
 * on at once after its farewell hardly ever loses a datagram. Of the receiving thread.
 */
final class LeavingChannel {

	/** How long it must be silent. */
	static final long SILENCE_NANOS = 2_000_000;

	/** After so long it has left as soon as nothing is there, because others may keep it busy with the peer's address. */
	private static final long MAX_NANOS = 100_000_000;

	private final DatagramChannel channel;

	private final long sinceNanos = System.nanoTime();

	/** Before the last datagram was read. */
	private long readNanos = this.sinceNanos;

	private int read;

	private boolean left;

	LeavingChannel(DatagramChannel channel) {
		this.channel = channel;
	}

	/**
	 * @return who sent a datagram, or null if there is none
	 * @throws java.net.PortUnreachableException if the peer's host refused a reply
	 */
	@Nullable
	InetSocketAddress receive(ByteBuffer buffer) throws IOException {
		long nowNanos = System.nanoTime();
		InetSocketAddress sender = (InetSocketAddress) this.channel.receive(buffer);
		if (sender != null) {
			this.readNanos = nowNanos;
			this.read++;
		}
		else {
			this.left = nowNanos - this.readNanos > SILENCE_NANOS || nowNanos - this.sinceNanos > MAX_NANOS;
		}
		return sender;
	}

	/**
	 * Whether it may be closed.
	 */
	boolean hasLeft() {
		return this.left || this.read >= UdpSocket.MAX_READ_OF_LEAVING;
	}

	/**
	 * @param selector where the channel is registered. Once it is out of there, closing it takes
	 * effect at once
	 */
	void close(Selector selector) throws IOException {
		try (this.channel) {
			this.channel.keyFor(selector).cancel();
			selector.selectNow((_) -> {});
		}
	}

}
