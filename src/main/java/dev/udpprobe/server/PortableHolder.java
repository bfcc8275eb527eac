package dev.udpprobe.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Queue;
import java.util.function.BiConsumer;

import org.jspecify.annotations.Nullable;

import dev.udpprobe.echo.Datagram;
import dev.udpprobe.echo.DropReason;
import dev.udpprobe.echo.EchoCounts;
import dev.udpprobe.echo.Guard;
import dev.udpprobe.echo.PeerAddress;
import dev.udpprobe.echo.SessionEnd;
import dev.udpprobe.echo.Sessions;

/**
 * The peer that holds the echo server in exclusive mode, from its first datagram to the
 * end of its session. The receiving thread's own.
 *
 * <p>
 * The JDK throws away what is queued when a channel connects, and a peer sends its next
 * datagram as soon as it has a reply. So the first ones are held back until no more come,
 * then the socket is connected, and only then are they answered.
 */
final class PortableHolder {

	/** How long nothing may come before the socket is connected. */
	static final long QUIET_NANOS = 1_000_000;

	private static final int MAX_HELD = 256;

	private static final int MAX_BYTES_HELD = 1 << 20;

	private static final int MAX_PASSED_OVER = 1_024;

	private final PortableSocket socket;

	private final Sessions sessions;

	private final EchoCounts counts;

	private final Guard guard;

	private final Queue<ByteBuffer> held = new ArrayDeque<>();

	private int bytesHeld;

	/** Others' datagrams while the holder waits. */
	private int passedOver;

	private @Nullable InetSocketAddress holder;

	PortableHolder(PortableSocket socket, Sessions sessions, EchoCounts counts, Guard guard) {
		this.socket = socket;
		this.sessions = sessions;
		this.counts = counts;
		this.guard = guard;
	}

	/**
	 * Takes what the server need not answer now: a datagram that nobody may send, so that it
	 * never comes to hold the server, or another peer's, which are dropped, or one of the
	 * holder's while the socket is not connected yet, which is held back.
	 * @return whether it was taken
	 */
	boolean takes(InetSocketAddress peer, Datagram datagram) {
		ByteBuffer payload = datagram.payload();
		DropReason dropReason = this.guard.sourceDropReason(datagram);
		if (dropReason == null && this.holder != null && !this.holder.equals(peer)) {
			dropReason = DropReason.OTHER_PEER;
		}
		if (dropReason != null) {
			this.counts.received(1, payload.remaining());
			this.counts.dropped(dropReason);
			this.passedOver += (this.holder != null) ? 1 : 0;
			return true;
		}
		if (this.socket.isConnected()) {
			return false;
		}
		this.holder = peer;
		this.held.add(ByteBuffer.allocate(payload.remaining()).put(payload).flip());
		this.bytesHeld += payload.remaining();
		return true;
	}

	/**
	 * Whether there is a holder to whom the socket is not connected.
	 */
	boolean isPending() {
		return this.holder != null && !this.socket.isConnected();
	}

	/**
	 * Whether the holder may wait no longer: as much is held back as may be, or others send
	 * so much that the queue would never be empty.
	 */
	boolean isFull() {
		return this.held.size() >= MAX_HELD || this.bytesHeld >= MAX_BYTES_HELD
				|| this.passedOver >= MAX_PASSED_OVER;
	}

	/**
	 * Connects to the holder and gives out what was held back.
	 * @param answer answers one payload of the holder
	 */
	void connect(BiConsumer<InetSocketAddress, ByteBuffer> answer) throws IOException {
		InetSocketAddress peer = Objects.requireNonNull(this.holder);
		try {
			this.socket.connect(peer);
		}
		catch (IOException ex) {
			abandon();
			throw ex;
		}
		for (ByteBuffer payload = this.held.poll(); payload != null; payload = this.held.poll()) {
			answer.accept(peer, payload);
			handled();
		}
		this.bytesHeld = 0;
		this.passedOver = 0;
	}

	private void abandon() {
		for (ByteBuffer payload : this.held) {
			this.counts.received(1, payload.remaining());
			this.counts.dropped(DropReason.SEND_FAILED);
		}
		this.held.clear();
		this.bytesHeld = 0;
		this.passedOver = 0;
		this.holder = null;
	}

	/**
	 * To be called when a datagram of the holder has been handled.
	 */
	void handled() throws IOException {
		if (this.socket.takeRefusal()) {
			refused();
		}
		else {
			freeIfEnded();
		}
	}

	/**
	 * To be called when the holder's host refused a reply.
	 */
	void refused() throws IOException {
		this.counts.refused();
		if (this.holder != null) {
			this.sessions.end(PeerAddress.of(this.holder), SessionEnd.REFUSED);
		}
		freeIfEnded();
	}

	/**
	 * Lets the next peer come, if the holder's session has ended.
	 */
	void freeIfEnded() throws IOException {
		if (this.holder != null && this.held.isEmpty() && !this.sessions.contains(PeerAddress.of(this.holder))) {
			// In this order: where the socket cannot be disconnected now, it is tried again.
			this.socket.disconnect();
			this.holder = null;
		}
	}

}
