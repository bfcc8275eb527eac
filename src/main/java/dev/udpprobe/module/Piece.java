package dev.udpprobe.module;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A piece of a datagram that is sent. What cannot be written is a {@link BadSettingException}.
 */
sealed interface Piece {

	void write(Composition out);

	/**
	 * Bytes that are always the same.
	 */
	@SuppressWarnings("ArrayRecordComponent")
	record Literal(byte[] bytes) implements Piece {

		@Override
		public void write(Composition out) {
			out.add(this.bytes);
		}

	}

	/**
	 * A setting, or what was sent or came before.
	 */
	record Known(String name, Encoding encoding) implements Piece {

		@Override
		public void write(Composition out) {
			out.add(bytes(out));
		}

		private byte[] bytes(Composition out) {
			try {
				return this.encoding.encode(out.value(this.name));
			}
			catch (IllegalArgumentException ex) {
				throw new BadSettingException(Layouts.GIVEN.contains(this.name) ? "" : this.name,
						String.valueOf(ex.getMessage()));
			}
		}

	}

	/**
	 * Fresh random bytes, or characters of a word.
	 */
	record Random(@Nullable String name, int length, boolean letters) implements Piece {

		/** A power of two, so that none is more likely than another. */
		private static final byte[] LETTERS = Layouts.utf8("abcdefghijklmnopqrstuvwxyz012345");

		@Override
		public void write(Composition out) {
			byte[] random = out.random(this.length);
			for (int i = 0; this.letters && i < random.length; i++) {
				random[i] = LETTERS[Byte.toUnsignedInt(random[i]) % LETTERS.length];
			}
			out.add(this.name, random);
		}

	}

	/**
	 * What time it is.
	 *
	 * @param digits whether it is written in decimal digits
	 */
	record Time(@Nullable String name, Clock clock, boolean digits) implements Piece {

		@Override
		public void write(Composition out) {
			byte[] now = this.clock.now();
			out.add(this.name, this.digits
					? Layouts.utf8(Long.toUnsignedString(new NumberType(now.length, false, false).decode(now)))
					: now);
		}

	}

	/**
	 * The length of the whole datagram.
	 */
	record Size(NumberType type, int plus) implements Piece {

		@Override
		public void write(Composition out) {
			out.addSize(this.type, this.plus);
		}

	}

	/**
	 * A checksum.
	 */
	record Check(Checksum checksum) implements Piece {

		@Override
		public void write(Composition out) {
			out.addChecksum(this.checksum);
		}

	}

	/**
	 * Bytes 00, until the group is so long.
	 *
	 * @param setting that says how long, in bytes; null for that length
	 */
	record Pad(@Nullable String setting, int length) implements Piece {

		@Override
		public void write(Composition out) {
			int to = this.length;
			if (this.setting != null) {
				to = (int) NumberType.U16
						.decode(new Known(this.setting, new Encoding.Numeric(NumberType.U16)).bytes(out));
			}
			out.add(new byte[Math.max(0, to - out.length())]);
		}

	}

	/**
	 * Bytes 00, up to a multiple of some length from where the group begins.
	 */
	record Align(int to) implements Piece {

		@Override
		public void write(Composition out) {
			out.add(new byte[(this.to - out.length() % this.to) % this.to]);
		}

	}

	/**
	 * Pieces with their length in front, or of which a checksum is.
	 */
	record Group(@Nullable LengthType length, List<Piece> pieces) implements Piece {

		@Override
		public void write(Composition out) {
			out.addGroup(this.length, this.pieces);
		}

	}

}
