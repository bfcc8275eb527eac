package dev.udpprobe.module;

import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;

import org.jspecify.annotations.Nullable;

/**
 * A checksum in a datagram, of the innermost group that it is in.
 *
 * @param xor what it is XORed with, as a number; 0 for nothing
 */
record Checksum(Kind kind, int xor) {

	/** As {@link #read} is asked for one. */
	private static final Pattern ANY = Pattern
			.compile(Stream.of(Kind.values()).map(Kind::label).collect(Collectors.joining("|", ":(", ")")));

	/**
	 * How it is made.
	 */
	enum Kind {

		/** Of the Internet (RFC 1071), of all bytes, with its own two as 0. */
		INET,

		/** That of Ethernet, of the bytes before it. */
		CRC32,

		/** That of SCTP and iSCSI (RFC 3720 12.1), of the bytes before it. */
		CRC32C,

		/** The byte that makes the sum 0, of the bytes before it, as IPMI has it. */
		SUM8;

		private String label() {
			return name().toLowerCase(Locale.ROOT);
		}

	}

	/**
	 * @param layout which is not read for that, so that what stands in a quoted text counts, too
	 * @return whether it may have one
	 */
	static boolean mayBeIn(String layout) {
		return ANY.matcher(layout).find();
	}

	/**
	 * Reads one, and passes it, if it is next.
	 * @return null if it is not
	 */
	static @Nullable Checksum read(Cursor in) {
		for (Kind kind : Kind.values()) {
			if (in.takeWord(kind.label())) {
				return new Checksum(kind, in.take("^") ? xor(in, new Checksum(kind, 0).length()) : 0);
			}
		}
		return null;
	}

	private static int xor(Cursor in, int length) {
		int start = in.at();
		byte[] bytes = Literals.hex(in);
		if (bytes.length != length) {
			throw in.wrong(start, "it takes as many bytes as the checksum has");
		}
		return (int) new NumberType(length, false, false).decode(bytes);
	}

	/**
	 * @return in bytes
	 */
	int length() {
		return switch (this.kind) {
			case INET -> 2;
			case CRC32, CRC32C -> 4;
			case SUM8 -> 1;
		};
	}

	/**
	 * @return whether it is of what follows, too
	 */
	boolean isOfAll() {
		return this.kind == Kind.INET;
	}

	/**
	 * @param bytes of the group: all, or those before it
	 * @param at where it stands in them
	 */
	byte[] of(byte[] bytes, int at) {
		return switch (this.kind) {
			case INET -> {
				int sum = ~inet(bytes, at) ^ this.xor;
				yield new byte[]{(byte) (sum >> Byte.SIZE), (byte) sum};
			}
			case CRC32 -> {
				CRC32 crc = new CRC32();
				crc.update(bytes, 0, at);
				yield number((int) crc.getValue());
			}
			case CRC32C -> {
				CRC32C crc = new CRC32C();
				crc.update(bytes, 0, at);
				yield number((int) crc.getValue());
			}
			case SUM8 -> {
				int sum = 0;
				for (int i = 0; i < at; i++) {
					sum += bytes[i];
				}
				yield new byte[]{(byte) (-sum ^ this.xor)};
			}
		};
	}

	private byte[] number(int crc) {
		return ByteBuffer.allocate(Integer.BYTES).putInt(crc ^ this.xor).array();
	}

	private static int inet(byte[] bytes, int at) {
		int sum = 0;
		for (int i = 0; i < bytes.length; i++) {
			if (i < at || i >= at + 2) {
				sum += Byte.toUnsignedInt(bytes[i]) << ((i % 2 == 0) ? Byte.SIZE : 0);
			}
		}
		while (sum >>> 16 != 0) {
			sum = (sum & 0xffff) + (sum >>> 16);
		}
		return sum;
	}

}
