package dev.udpprobe.web;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Bytes of a body, as many as have come: what a request announces takes no memory. Of one
 * thread.
 */
final class BodyBuffer {

	private static final int INITIAL = 512;

	private final BodyBudget.Share share;

	private final int max;

	private byte[] bytes;

	private int length;

	/**
	 * @param max bytes that it takes at most
	 */
	BodyBuffer(BodyBudget.Share share, int max) {
		this.share = share;
		this.max = max;
		this.bytes = new byte[Math.min(INITIAL, max)];
	}

	int length() {
		return this.length;
	}

	boolean isFull() {
		return this.length == this.max;
	}

	/**
	 * Adds what is there, and waits if nothing is.
	 * @return whether there may be more, for which it must have room
	 * @throws BodyBudget.ExhaustedException if there is no memory for it
	 */
	boolean read(InputStream in) throws IOException {
		grow();
		int read = in.read(this.bytes, this.length, this.bytes.length - this.length);
		this.length += Math.max(0, read);
		return read >= 0;
	}

	/**
	 * Adds a byte, for which it must have room.
	 * @throws BodyBudget.ExhaustedException if there is no memory for it
	 */
	void add(int value) {
		grow();
		this.bytes[this.length++] = (byte) value;
	}

	private void grow() {
		if (this.length == this.bytes.length) {
			int larger = Math.min(2 * this.length, this.max);
			this.share.resize(larger);
			this.bytes = Arrays.copyOf(this.bytes, larger);
		}
	}

	/**
	 * Takes a CR away, if it is the last byte.
	 */
	void dropReturn() {
		if (this.length > 0 && this.bytes[this.length - 1] == '\r') {
			this.length--;
		}
	}

	/**
	 * Forgets all that it has.
	 */
	void clear() {
		this.length = 0;
		if (this.bytes.length > BodyBudget.FREE) {
			this.bytes = new byte[INITIAL];
			this.share.resize(0);
		}
	}

	byte[] toByteArray() {
		return Arrays.copyOf(this.bytes, this.length);
	}

}
