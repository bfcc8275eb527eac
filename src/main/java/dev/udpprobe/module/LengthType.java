package dev.udpprobe.module;

import org.jspecify.annotations.Nullable;

/**
 * How the length of a part is written in front of it.
 */
sealed interface LengthType {

	/** So many bytes a length takes at the most that is none of a number's type: BER's 82 and two bytes, or QUIC's four. */
	int MAX_LENGTH = 65_535;

	/**
	 * @param length of the part, in bytes
	 * @throws IllegalArgumentException with a clause, if it does not fit
	 */
	byte[] encode(int length);

	/**
	 * Reads a length, and passes it.
	 * @return -1 if there is none
	 */
	int decode(Match in);

	/**
	 * @param plus what is added to the length of the part, such as that of the length itself
	 */
	record Fixed(NumberType type, int plus) implements LengthType {

		@Override
		public byte[] encode(int length) {
			check(length + this.plus, this.type.max());
			return this.type.encode(length + this.plus);
		}

		@Override
		public int decode(Match in) {
			byte[] bytes = in.take(this.type.length());
			long length = (bytes != null) ? this.type.decode(bytes) - this.plus : -1;
			return (length >= 0 && length <= MAX_LENGTH) ? (int) length : -1;
		}

	}

	/**
	 * Of BER (X.690 8.1.3), in the definite forms: one byte up to 127, then the number of bytes that follow.
	 */
	record Ber() implements LengthType {

		@Override
		public byte[] encode(int length) {
			check(length, MAX_LENGTH);
			if (length < 0x80) {
				return new byte[]{(byte) length};
			}
			return (length <= 0xff)
					? new byte[]{(byte) 0x81, (byte) length}
					: new byte[]{(byte) 0x82, (byte) (length >> Byte.SIZE), (byte) length};
		}

		@Override
		public int decode(Match in) {
			int first = in.takeByte();
			if (first < 0x80) {
				return first;
			}
			byte[] bytes = (first > 0x80 && first <= 0x84) ? in.take(first & 0x7f) : null;
			return checked(bytes);
		}

	}

	/**
	 * Of QUIC (RFC 9000 16): the first two bits say how many bytes it has.
	 */
	record Varint() implements LengthType {

		private static final int ONE_BYTE = 0x3f;

		private static final int TWO_BYTES = 0x3fff;

		@Override
		public byte[] encode(int length) {
			check(length, MAX_LENGTH);
			if (length <= ONE_BYTE) {
				return new byte[]{(byte) length};
			}
			return (length <= TWO_BYTES)
					? new byte[]{(byte) (0x40 | length >> Byte.SIZE), (byte) length}
					: new byte[]{(byte) 0x80, 0, (byte) (length >> Byte.SIZE), (byte) length};
		}

		@Override
		public int decode(Match in) {
			int first = in.takeByte();
			if (first < 0) {
				return -1;
			}
			byte[] more = in.take((1 << (first >> 6)) - 1);
			if (more == null) {
				return -1;
			}
			byte[] bytes = new byte[more.length + 1];
			bytes[0] = (byte) (first & ONE_BYTE);
			System.arraycopy(more, 0, bytes, 1, more.length);
			return checked(bytes);
		}

	}

	private static void check(long length, long max) {
		if (length < 0 || length > max) {
			throw new IllegalArgumentException(
					"a part is %,d bytes long, and its length takes at most %,d".formatted(length, max));
		}
	}

	private static int checked(byte @Nullable [] bytes) {
		if (bytes == null) {
			return -1;
		}
		long length = 0;
		for (byte next : bytes) {
			length = length << Byte.SIZE | Byte.toUnsignedInt(next);
			if (length > MAX_LENGTH) {
				return -1;
			}
		}
		return (int) length;
	}

}
