package dev.udpprobe.module;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

import dev.udpprobe.net.AddressText;

/**
 * How a value of an answer is read.
 */
sealed interface ValueType {

	/** Of a text or of bytes that are told. */
	int MAX_TOLD = 512;

	/**
	 * Reads what comes next, and passes it.
	 * @return null if that is no such value
	 */
	@Nullable
	FieldValue read(Match in);

	/**
	 * What some bytes say.
	 */
	enum Form {

		TEXT, BYTES, ADDRESS, NTP_TIME, UNIX_TIME, UNIX_MILLIS

	}

	/**
	 * So many bytes.
	 *
	 * @param mask what they are XORed with; null for nothing
	 */
	record Fixed(int length, Form form, @Nullable Xor mask) implements ValueType {

		@Override
		public @Nullable FieldValue read(Match in) {
			byte[] came = in.take(this.length);
			if (came != null && this.mask != null) {
				came = this.mask.with(came, in);
			}
			return (came != null) ? value(this.form, came) : null;
		}

	}

	/**
	 * A number of a fixed length.
	 */
	record Numeric(NumberType type, @Nullable Xor mask) implements ValueType {

		@Override
		public @Nullable FieldValue read(Match in) {
			byte[] came = in.take(this.type.length());
			if (came != null && this.mask != null) {
				came = this.mask.with(came, in);
			}
			return (came != null) ? number(came, this.type) : null;
		}

	}

	/**
	 * What a value is XORed with, as in STUN (RFC 8489 14.2).
	 *
	 * @param name of a value whose bytes follow these; null for none
	 */
	@SuppressWarnings("ArrayRecordComponent")
	record Xor(byte[] bytes, @Nullable String name) {

		private byte @Nullable [] with(byte[] came, Match in) {
			byte[] more = (this.name != null) ? in.value(this.name) : new byte[0];
			if (more == null || this.bytes.length + more.length < came.length) {
				return null;
			}
			for (int i = 0; i < came.length; i++) {
				came[i] ^= (i < this.bytes.length) ? this.bytes[i] : more[i - this.bytes.length];
			}
			return came;
		}

	}

	/**
	 * All up to the end of the group, or of the datagram.
	 */
	record Rest(Form form) implements ValueType {

		@Override
		public @Nullable FieldValue read(Match in) {
			byte[] came = in.take(in.limit() - in.at());
			return (came != null) ? value(this.form, came) : null;
		}

	}

	/**
	 * A number that is as long as the group, 1 to 8 bytes, as BER's integers are.
	 */
	record Integral(boolean signed) implements ValueType {

		@Override
		public @Nullable FieldValue read(Match in) {
			int length = in.limit() - in.at();
			if (length < 1 || length > Long.BYTES + 1) {
				return null;
			}
			// BER puts a byte 00 before a number whose first bit is set.
			boolean positive = length == Long.BYTES + 1;
			if (positive && in.takeByte() != 0) {
				return null;
			}
			byte[] came = in.take(in.limit() - in.at());
			return (came != null) ? number(came, new NumberType(came.length, this.signed && !positive, false)) : null;
		}

	}

	/**
	 * A text up to a byte that ends it.
	 *
	 * @param end 00, or LF, before which a CR may stand
	 */
	record Ended(byte end) implements ValueType {

		@Override
		public @Nullable FieldValue read(Match in) {
			int end = in.indexOf(this.end, in.at());
			if (end < 0) {
				return null;
			}
			byte[] came = in.slice(in.at(), end);
			in.at(end + 1);
			boolean carriageReturn = this.end == '\n' && came.length > 0 && came[came.length - 1] == '\r';
			return text(carriageReturn ? in.slice(end - came.length, end - 1) : came);
		}

	}

	/**
	 * A number in decimal digits, at most 18.
	 */
	record Digits() implements ValueType {

		private static final int MAX = 18;

		@Override
		public @Nullable FieldValue read(Match in) {
			long value = 0;
			int count = 0;
			for (int from = in.at(); count <= MAX; count++) {
				int digit = in.takeByte() - '0';
				if (digit < 0 || digit > 9) {
					in.at(from + count);
					break;
				}
				value = 10 * value + digit;
			}
			return (count > 0 && count <= MAX) ? new FieldValue.Number(value) : null;
		}

	}

	/**
	 * A number in a range.
	 *
	 * @param type that reads numbers
	 */
	record Ranged(ValueType type, Alternative.Range range) implements ValueType {

		@Override
		public @Nullable FieldValue read(Match in) {
			FieldValue value = this.type.read(in);
			return this.range.matches(value) ? value : null;
		}

	}

	/**
	 * @return a text for what is more than a long has
	 */
	private static FieldValue number(byte[] bytes, NumberType type) {
		long number = type.decode(bytes);
		return (number < 0 && !type.signed())
				? new FieldValue.Text(Long.toUnsignedString(number))
				: new FieldValue.Number(number);
	}

	private static @Nullable FieldValue value(Form form, byte[] bytes) {
		return switch (form) {
			case TEXT -> text(bytes);
			case BYTES -> new FieldValue.Bytes((bytes.length > MAX_TOLD)
					? Arrays.copyOf(bytes, MAX_TOLD)
					: bytes);
			case ADDRESS -> address(bytes);
			case NTP_TIME -> Clock.ntpTime(bytes);
			case UNIX_TIME -> new FieldValue.Time(
					Instant.ofEpochSecond(new NumberType(bytes.length, false, false).decode(bytes)));
			case UNIX_MILLIS -> new FieldValue.Time(
					Instant.ofEpochMilli(new NumberType(bytes.length, false, false).decode(bytes)));
		};
	}

	/**
	 * @return the bytes as UTF-8, where what is none is replaced
	 */
	static FieldValue.Text text(byte[] bytes) {
		return new FieldValue.Text(new String(bytes, 0, Math.min(bytes.length, MAX_TOLD), StandardCharsets.UTF_8));
	}

	private static @Nullable FieldValue address(byte[] bytes) {
		try {
			return new FieldValue.Text(AddressText.of(InetAddress.getByAddress(bytes)));
		}
		catch (UnknownHostException _) {
			return null;
		}
	}

}
