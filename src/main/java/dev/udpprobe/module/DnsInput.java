package dev.udpprobe.module;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/**
 * Reads a part of a DNS message, in order. A name costs at most 255 octets (RFC 1035 2.3.4) and as many pointers as a name of
 * the most labels can need.
 */
final class DnsInput {

	private static final int LONGEST_NAME = 255;

	private static final int MOST_POINTERS = 126;

	private final byte[] message;

	private final int end;

	/** Of what the message says itself to be long. */
	private final boolean part;

	private int position;

	/**
	 * @param message up to its end
	 */
	DnsInput(byte[] message, int position) {
		this(message, position, message.length, false);
	}

	private DnsInput(byte[] message, int position, int end, boolean part) {
		this.message = message;
		this.position = position;
		this.end = end;
		this.part = part;
	}

	int position() {
		return this.position;
	}

	int u8() throws MalformedException {
		if (this.position >= this.end) {
			throw tooShort();
		}
		return this.message[this.position++] & 0xFF;
	}

	int u16() throws MalformedException {
		return (u8() << 8) | u8();
	}

	long u32() throws MalformedException {
		return ((long) u16() << 16) | u16();
	}

	/**
	 * @return the octets that were skipped
	 */
	DnsInput part(int length) throws MalformedException {
		if (length > left()) {
			throw tooShort();
		}
		DnsInput part = new DnsInput(this.message, this.position, this.position + length, true);
		this.position += length;
		return part;
	}

	/**
	 * @return the same, to be read once more
	 */
	DnsInput again() {
		return new DnsInput(this.message, this.position, this.end, this.part);
	}

	int left() {
		return this.end - this.position;
	}

	/**
	 * Reads what is left, but no more octets than this.
	 */
	byte[] bytes(int most) {
		int from = this.position;
		this.position += Math.min(left(), most);
		return Arrays.copyOfRange(this.message, from, this.position);
	}

	/**
	 * Reads what is left.
	 */
	void rest(ByteArrayOutputStream out) {
		out.write(this.message, this.position, left());
		this.position = this.end;
	}

	/**
	 * Skips a name, whatever its pointer points to.
	 */
	void skipName() throws MalformedException {
		int start = this.position;
		for (int length = u8(); length != 0; length = u8()) {
			if (isPointer(length)) {
				u8();
				return;
			}
			part(length);
			if (this.position - start >= LONGEST_NAME) {
				throw tooLong();
			}
		}
	}

	/**
	 * Reads a name and writes it without pointers (RFC 1035 4.1.4). Each must point to what is before all that was read of the
	 * name, so there is no loop.
	 */
	void name(ByteArrayOutputStream out) throws MalformedException {
		DnsInput labels = this;
		int start = this.position;
		int octets = 0;
		int pointers = 0;
		for (int length = u8(); length != 0; length = labels.u8()) {
			if (isPointer(length)) {
				int target = ((length & 0x3F) << 8) | labels.u8();
				if (target >= start || ++pointers > MOST_POINTERS) {
					throw new MalformedException("has a name that is compressed in a circle");
				}
				start = target;
				labels = new DnsInput(this.message, target, this.message.length, true);
				continue;
			}
			octets += 1 + length;
			if (octets >= LONGEST_NAME) {
				throw tooLong();
			}
			out.write(length);
			labels.part(length).rest(out);
		}
		out.write(0);
	}

	private static boolean isPointer(int length) throws MalformedException {
		if (length > 63 && length < 0xC0) {
			throw new MalformedException("has a name with a label of an unknown kind");
		}
		return length >= 0xC0;
	}

	private MalformedException tooShort() {
		return this.part ? new MalformedException("has data that ends early") : MalformedException.cutOff();
	}

	private static MalformedException tooLong() {
		return new MalformedException("has a name of more than 255 octets");
	}

}
