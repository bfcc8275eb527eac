package dev.udpprobe.server;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import dev.udpprobe.net.PayloadLimits;
import dev.udpprobe.net.PeerAddress;

/**
 * Where datagrams are read into, one after the other, and what becomes of the one that is
 * there. A reply is bytes of the same place, so nothing is copied: those before the payload,
 * which stay from one datagram to the next, and the payload or what the handler has written
 * over it. Of one thread.
 *
 * <pre>
 * | 0 ..     | headroom .. | limit
 * | headroom | payload     |
 * </pre>
 */
public final class Slot {

	private final PeerAddress peer = new PeerAddress();

	private final ByteBuffer buffer;

	private final int headroom;

	private int length;

	private boolean sentToMany;

	private State state = State.OPEN;

	private @Nullable DropReason dropReason;

	private int replyStart;

	private int replyLength;

	/**
	 * What has become of a datagram.
	 */
	enum State {

		/** Nothing yet. */
		OPEN,

		/** It is to be answered. */
		TO_REPLY,

		/** It was answered. */
		REPLIED,

		/** It needs no answer. */
		ENDED,

		/** It gets no answer. */
		DROPPED,

		/** It was taken out of the batch, and is counted when it is settled. */
		HELD

	}

	/**
	 * @param buffer room for headroom and payload
	 */
	public Slot(ByteBuffer buffer, int headroom) {
		this.buffer = buffer;
		this.headroom = headroom;
	}

	/**
	 * @return who sent it; whoever receives sets it anew
	 */
	public PeerAddress peer() {
		return this.peer;
	}

	/**
	 * @return the whole buffer: headroom, and room for the longest payload
	 */
	public ByteBuffer buffer() {
		return this.buffer.clear();
	}

	/**
	 * Takes a datagram that has been read into the buffer.
	 * @param length of the payload, in bytes
	 * @param sentToMany whether its destination was a broadcast or multicast address
	 */
	public void received(int length, boolean sentToMany) {
		this.length = length;
		this.buffer.limit(this.headroom + length).position(this.headroom);
		this.sentToMany = sentToMany;
		this.state = State.OPEN;
	}

	/**
	 * @return bytes of payload that have come
	 */
	public int length() {
		return this.length;
	}

	/**
	 * Whether its destination was a broadcast or multicast address, as far as is told.
	 */
	public boolean isSentToMany() {
		return this.sentToMany;
	}

	/**
	 * @return the buffer, from the payload's start to its end
	 */
	public ByteBuffer payload() {
		return this.buffer.position(this.headroom);
	}

	/**
	 * Cuts off the payload's end.
	 * @param bytes 0 to what the payload has
	 */
	public void cut(int bytes) {
		this.buffer.limit(this.buffer.limit() - bytes);
	}

	/**
	 * Answers with the last bytes of the headroom and the payload as it is now. A reply that
	 * fits no datagram is dropped instead.
	 * @param before bytes of the headroom, 0 to all
	 * @throws IndexOutOfBoundsException if the headroom has fewer
	 */
	public void reply(int before) {
		int start = this.headroom - Objects.checkIndex(before, this.headroom + 1);
		int bytes = this.buffer.limit() - start;
		if (bytes > (this.peer.isIpv4() ? PayloadLimits.MAX_IPV4 : PayloadLimits.MAX_IPV6)) {
			drop(TransportDrop.OVERSIZED);
			return;
		}
		this.replyStart = start;
		this.replyLength = bytes;
		this.state = State.TO_REPLY;
	}

	/**
	 * Answers with bytes that stand where the payload was.
	 * @param bytes that the handler has written into {@link #buffer} from the headroom's end on
	 */
	public void replyInPlace(int bytes) {
		this.buffer.limit(this.headroom + bytes);
		reply(0);
	}

	/**
	 * Settles it without an answer, as it wants none.
	 */
	public void end() {
		this.state = State.ENDED;
	}

	/**
	 * Settles it without an answer.
	 */
	public void drop(DropReason reason) {
		this.dropReason = reason;
		this.state = State.DROPPED;
	}

	/**
	 * Copies the datagram as it is now, and leaves nothing to settle here.
	 */
	HeldDatagram hold(@Nullable InetAddress destination) {
		ByteBuffer payload = payload();
		HeldDatagram held = new HeldDatagram(ByteBuffer.allocate(payload.remaining()).put(payload).flip(), this.length,
				destination);
		this.state = State.HELD;
		return held;
	}

	/**
	 * Takes a datagram that was held.
	 */
	void putBack(HeldDatagram held, PeerAddress from) {
		this.peer.set(from.high(), from.low(), from.port(), from.scope());
		int payloadBytes = held.payload().remaining();
		buffer().position(this.headroom).put(held.payload());
		received(held.length(), false);
		cut(held.length() - payloadBytes);
	}

	/**
	 * Whether nothing has become of it yet.
	 */
	public boolean isOpen() {
		return this.state == State.OPEN;
	}

	/**
	 * Whether it is to be answered.
	 */
	public boolean isToReply() {
		return this.state == State.TO_REPLY;
	}

	/**
	 * @return the reply's bytes
	 */
	ByteBuffer reply() {
		return this.buffer.limit(this.replyStart + this.replyLength).position(this.replyStart);
	}

	int replyStart() {
		return this.replyStart;
	}

	int replyLength() {
		return this.replyLength;
	}

	void replied() {
		this.state = State.REPLIED;
	}

	State state() {
		return this.state;
	}

	/**
	 * @return why it was dropped, if it was
	 */
	@Nullable
	public DropReason dropReason() {
		return (this.state == State.DROPPED) ? this.dropReason : null;
	}

	@Override
	public String toString() {
		return "datagram of " + this.length + " bytes, peer " + this.peer;
	}

}
