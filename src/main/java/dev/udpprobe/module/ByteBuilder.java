package dev.udpprobe.module;

import java.util.Arrays;

import dev.udpprobe.net.PayloadLimits;

/**
 * Bytes that become more. Unlike a stream, it throws nothing checked, and it can be read and changed.
 */
final class ByteBuilder {

	/** More than a datagram may have, so that whoever sends it can say so. */
	private static final int MAX = 2 * PayloadLimits.BUFFER;

	private byte[] bytes = new byte[64];

	private int length;

	void add(byte... more) {
		int end = this.length + more.length;
		if (end > MAX) {
			throw new IllegalArgumentException("the datagram would be longer than any may be");
		}
		if (end > this.bytes.length) {
			this.bytes = Arrays.copyOf(this.bytes, Math.max(end, 2 * this.bytes.length));
		}
		System.arraycopy(more, 0, this.bytes, this.length, more.length);
		this.length = end;
	}

	int length() {
		return this.length;
	}

	/**
	 * Writes over what is there.
	 */
	void set(int at, byte[] other) {
		System.arraycopy(other, 0, this.bytes, at, other.length);
	}

	byte[] toArray() {
		return Arrays.copyOf(this.bytes, this.length);
	}

}
