package dev.udpprobe.echo;

import java.nio.ByteBuffer;

/**
 * A place to read datagrams into, one after the other. The greeting stands right before the
 * payload, so that a reply is the same bytes from an earlier position and nothing is
 * copied. Of one thread.
 *
 * <pre>
 * | 0 ..     | greeting length .. | limit
 * | greeting | payload            |
 * </pre>
 */
public final class Datagram {

	/** No datagram is longer. */
	public static final int LONGEST = 1 << 16;

	private final PeerAddress peer = new PeerAddress();

	private final ByteBuffer buffer;

	private final int greetingLength;

	private boolean sentToMany;

	private boolean answered;

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
		this.answered = false;
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

	void answer() {
		this.answered = true;
	}

	/**
	 * Whether it is to be answered.
	 */
	public boolean isAnswered() {
		return this.answered;
	}

	@Override
	public String toString() {
		return "datagram of " + length() + " bytes, peer " + this.peer;
	}

}
