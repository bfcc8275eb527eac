package dev.udpprobe.echo;

import java.nio.ByteBuffer;

/**
 * A slot into which datagrams are read, one after the other. The greeting stands right
 * before the payload, so that a reply is the same bytes from an earlier position and nothing is
 * copied. Of one thread.
 *
 * <pre>
 * | 0 ..     | greeting length .. | limit
 * | greeting | payload            |
 * </pre>
 */
public final class Datagram {

	private final PeerAddress peer = new PeerAddress();

	private final ByteBuffer buffer;

	private final int greetingLength;

	private boolean sentToMany;

	private State state = State.SETTLED;

	private enum State {
		/** Not judged yet, nor counted. */
		RECEIVED,
		/** Counted as received, and to be answered. */
		TO_ANSWER,
		/** Counted as replied, farewell or dropped. */
		SETTLED
	}

	/**
	 * @param buffer room for greeting and payload
	 */
	public Datagram(ByteBuffer buffer, byte[] greeting) {
		this.buffer = buffer.put(0, greeting);
		this.greetingLength = greeting.length;
	}

	/**
	 * @return who sent it; whoever receives sets it anew
	 */
	public PeerAddress peer() {
		return this.peer;
	}

	/**
	 * @return the buffer, ready to receive a payload into
	 */
	public ByteBuffer cleared() {
		return this.buffer.clear().position(this.greetingLength);
	}

	/**
	 * Notes that a payload has come, by which the datagram is a new one.
	 * @param length in bytes
	 * @param sentToMany whether its destination was a broadcast or multicast address
	 */
	public void received(int length, boolean sentToMany) {
		this.buffer.limit(this.greetingLength + length).position(this.greetingLength);
		this.sentToMany = sentToMany;
		this.state = State.RECEIVED;
	}

	/**
	 * @return the buffer, from the payload's start to its end
	 */
	public ByteBuffer payload() {
		return this.buffer.position(this.greetingLength);
	}

	/**
	 * @return bytes of payload
	 */
	public int length() {
		return this.buffer.limit() - this.greetingLength;
	}

	/**
	 * Cuts off the payload's end, which is neither looked at any more nor replied.
	 * @param bytes 0 to {@link #length}
	 */
	void cut(int bytes) {
		this.buffer.limit(this.buffer.limit() - bytes);
	}

	public boolean isSentToMany() {
		return this.sentToMany;
	}

	/**
	 * @return the buffer, from the greeting's start to the payload's end
	 */
	public ByteBuffer reply() {
		return this.buffer.position(0);
	}

	/**
	 * @return bytes of greeting and payload
	 */
	public int replyLength() {
		return this.buffer.limit();
	}

	/**
	 * Notes the judgement, by which it has been counted as received.
	 */
	void judged(boolean toAnswer) {
		this.state = toAnswer ? State.TO_ANSWER : State.SETTLED;
	}

	boolean isJudged() {
		return this.state != State.RECEIVED;
	}

	/**
	 * Whether it is to be answered, and has not been yet.
	 */
	public boolean isToAnswer() {
		return this.state == State.TO_ANSWER;
	}

	/**
	 * Notes that it was answered, or failed to be, and has been counted as that.
	 */
	public void settled() {
		this.state = State.SETTLED;
	}

	@Override
	public String toString() {
		return "datagram of " + length() + " bytes, peer " + this.peer;
	}

}
