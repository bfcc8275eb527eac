package dev.udpprobe.module;

import org.jspecify.annotations.Nullable;

/**
 * A number of a fixed length.
 *
 * @param length in bytes, 1 to 8
 * @param signed whether it is in two's complement
 * @param littleEndian whether its least byte comes first
 */
record NumberType(int length, boolean signed, boolean littleEndian) {

	static final NumberType U16 = new NumberType(2, false, false);

	static final String NAMES = "u8, u16, u24, u32, u64, i8, i16, i32 and i64, with le for the least byte first";

	/**
	 * @param word such as u16 or i32le
	 * @return null if it is none
	 */
	static @Nullable NumberType of(String word) {
		boolean littleEndian = word.endsWith("le");
		return switch (littleEndian ? word.substring(0, word.length() - 2) : word) {
			case "u8" -> new NumberType(1, false, littleEndian);
			case "u16" -> new NumberType(2, false, littleEndian);
			case "u24" -> new NumberType(3, false, littleEndian);
			case "u32" -> new NumberType(4, false, littleEndian);
			case "u64" -> new NumberType(8, false, littleEndian);
			case "i8" -> new NumberType(1, true, littleEndian);
			case "i16" -> new NumberType(2, true, littleEndian);
			case "i32" -> new NumberType(4, true, littleEndian);
			case "i64" -> new NumberType(8, true, littleEndian);
			default -> null;
		};
	}

	/**
	 * @return the largest that is written
	 */
	long max() {
		int bits = Byte.SIZE * this.length - (this.signed ? 1 : 0);
		return (bits == Long.SIZE) ? Long.MAX_VALUE : (1L << bits) - 1;
	}

	/**
	 * @throws IllegalArgumentException with a clause, if it does not fit
	 */
	byte[] encode(long value) {
		long max = max();
		long min = this.signed ? -max - 1 : 0;
		if (value < min || value > max) {
			throw new IllegalArgumentException("%d is outside %d to %d".formatted(value, min, max));
		}
		byte[] bytes = new byte[this.length];
		for (int i = 0; i < this.length; i++) {
			bytes[this.littleEndian ? i : this.length - 1 - i] = (byte) (value >> (Byte.SIZE * i));
		}
		return bytes;
	}

	/**
	 * @param bytes as many as it is long
	 */
	long decode(byte[] bytes) {
		long value = 0;
		for (int i = 0; i < this.length; i++) {
			byte next = bytes[this.littleEndian ? this.length - 1 - i : i];
			value = (i == 0 && this.signed) ? next : value << Byte.SIZE | Byte.toUnsignedInt(next);
		}
		return value;
	}

}
