package dev.udpprobe.module;

import java.util.Arrays;
import java.util.List;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A part of a datagram that came.
 */
interface Part {

	/**
	 * Compares what comes next, and passes it if it is this.
	 */
	boolean match(Match in);

	/**
	 * @return the first place from there on where this may be, or -1 if there is none
	 */
	default int seek(Match in, int from) {
		return (from <= in.limit()) ? from : -1;
	}

	/**
	 * Bytes that are always the same.
	 *
	 * @param mask which bits are compared; null for all
	 */
	@SuppressWarnings("ArrayRecordComponent")
	record Literal(byte[] bytes, byte @Nullable [] mask) implements Part {

		@Override
		public boolean match(Match in) {
			if (this.mask == null) {
				return in.take(this.bytes);
			}
			byte[] came = in.take(this.bytes.length);
			for (int i = 0; came != null && i < came.length; i++) {
				if (((came[i] ^ this.bytes[i]) & this.mask[i]) != 0) {
					return false;
				}
			}
			return came != null;
		}

		@Override
		public int seek(Match in, int from) {
			return (this.mask == null) ? in.seek(this.bytes[0], from) : Part.super.seek(in, from);
		}

	}

	/**
	 * A value that was sent, or found before.
	 */
	record Known(String name, Encoding encoding) implements Part {

		@Override
		public boolean match(Match in) {
			byte[] expected = expected(in);
			return expected != null && in.takeKnown(this.name, expected);
		}

		@Override
		public int seek(Match in, int from) {
			byte[] expected = expected(in);
			return (expected != null && expected.length > 0)
					? in.seekKnown(this.name, expected[0], from)
					: Part.super.seek(in, from);
		}

		/**
		 * @return null if there is none
		 */
		byte @Nullable [] expected(Match in) {
			byte[] value = in.value(this.name);
			in.look((value != null) ? value.length : 0);
			try {
				return (value != null) ? this.encoding.encode(value) : null;
			}
			catch (IllegalArgumentException _) {
				return null;
			}
		}

	}

	/**
	 * A value to find out.
	 *
	 * @param name null to pass it
	 */
	record Value(@Nullable String name, ValueType type) implements Part {

		@Override
		public boolean match(Match in) {
			int from = in.at();
			FieldValue value = this.type.read(in);
			if (value != null && this.name != null) {
				in.found(this.name, value, in.slice(from, in.at()), from);
			}
			return value != null;
		}

	}

	/**
	 * A part with its length in front, or one that is a checksum's.
	 */
	record Group(@Nullable LengthType length, Sequence part) implements Part {

		@Override
		public boolean match(Match in) {
			if (this.length == null) {
				return in.within(-1, this.part);
			}
			int bytes = this.length.decode(in);
			return bytes >= 0 && in.within(bytes, this.part);
		}

	}

	/**
	 * The first of several that matches.
	 */
	record Choice(List<Sequence> alternatives) implements Part {

		@Override
		public boolean match(Match in) {
			Match.Mark start = in.mark();
			for (Sequence alternative : this.alternatives) {
				if (alternative.match(in)) {
					return true;
				}
				in.reset(start);
			}
			return false;
		}

	}

	/**
	 * As often as it comes.
	 */
	record Repeat(Choice choice) implements Part {

		@Override
		public boolean match(Match in) {
			int before = -1;
			while (in.at() != before && in.step()) {
				before = in.at();
				if (!this.choice.match(in)) {
					return true;
				}
			}
			return in.step();
		}

	}

	/**
	 * As few bytes as what follows allows.
	 */
	record Skip() implements Part {

		@Override
		public boolean match(Match in) {
			throw new IllegalStateException("its sequence does that");
		}

	}

	/**
	 * What a pattern of RE2 matches from here; its named groups are values to find out.
	 */
	record Regex(Pattern pattern) implements Part {

		@Override
		public boolean match(Match in) {
			Matcher matcher = in.find(this.pattern, in.at());
			if (matcher == null || matcher.start() != in.at()) {
				return false;
			}
			for (String name : this.pattern.namedGroups().keySet()) {
				int from = matcher.start(name);
				if (from >= 0) {
					byte[] came = in.slice(from, matcher.end(name));
					in.found(name, ValueType.text(came), came, from);
				}
			}
			in.at(matcher.end());
			return true;
		}

		@Override
		public int seek(Match in, int from) {
			Matcher matcher = in.find(this.pattern, from);
			return (matcher != null) ? matcher.start() : -1;
		}

	}

}
