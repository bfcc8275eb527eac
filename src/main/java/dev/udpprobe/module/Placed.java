package dev.udpprobe.module;

import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * Parts of a datagram that depend on where they stand in it.
 */
final class Placed {

	private Placed() {}

	/**
	 * The length of the whole datagram.
	 */
	record Size(NumberType type, int plus) implements Part {

		@Override
		public boolean match(Match in) {
			byte[] came = in.take(this.type.length());
			return came != null && this.type.decode(came) == (long) in.size() + this.plus;
		}

	}

	/**
	 * A checksum.
	 */
	record Check(Checksum checksum) implements Part {

		/** Of what it takes to copy the bytes. */
		private static final int COST = 8;

		/** In bytes that are looked at: what it takes to begin with a key. */
		private static final int KEY_COST = 4_096;

		@Override
		public boolean match(Match in) {
			int from = in.groupStart();
			int at = in.at();
			int to = this.checksum.isOfAll() ? in.limit() : at;
			in.look(COST * (to - from));
			if (at + this.checksum.length() > in.limit() || !this.checksum.names().stream().allMatch(in::has)) {
				return false;
			}
			for (String name : this.checksum.names()) {
				in.look(KEY_COST + COST * in.known(name).length);
			}
			return in.step() && in.takeSum(this.checksum, from, to);
		}

	}

	/**
	 * Nothing, or bytes up to a multiple of some length from where the group begins.
	 */
	record Align(int to) implements Part {

		@Override
		public boolean match(Match in) {
			int over = (in.at() - in.groupStart()) % this.to;
			return over == 0 || in.take(this.to - over) != null;
		}

	}

	/**
	 * Bytes 00, until the group is so long.
	 *
	 * @param setting that says how long, in bytes; null for that length
	 */
	record Pad(@Nullable String setting, int length) implements Part {

		@Override
		public boolean match(Match in) {
			int to = this.length;
			if (this.setting != null) {
				byte[] value = new Part.Known(this.setting, new Encoding.Numeric(NumberType.U16)).expected(in);
				if (value == null) {
					return false;
				}
				to = (int) NumberType.U16.decode(value);
			}
			byte[] came = in.take(Math.max(0, to - (in.at() - in.groupStart())));
			return came != null && Arrays.equals(came, new byte[came.length]);
		}

	}

}
