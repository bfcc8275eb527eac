package dev.udpprobe.module;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import dev.udpprobe.net.Addresses;

/**
 * How a value that is known, such as a setting, is written into a datagram. What cannot be written so is an
 * IllegalArgumentException with a clause.
 */
sealed interface Encoding {

	/**
	 * @param value a setting as UTF-8; or bytes that were sent, or that came
	 */
	byte[] encode(byte[] value);

	/**
	 * @param word its name
	 * @return null if it is none
	 */
	static @Nullable Encoding of(String word) {
		NumberType number = NumberType.of(word);
		if (number != null) {
			return new Numeric(number);
		}
		return switch (word) {
			case "text" -> Simple.TEXT;
			case "hex" -> Simple.HEX;
			case "base64" -> Simple.BASE64;
			case "reversed" -> Simple.REVERSED;
			case "ipv4" -> Simple.IPV4;
			case "ipv6" -> Simple.IPV6;
			default -> null;
		};
	}

	/**
	 * Those that need not be told more.
	 */
	enum Simple implements Encoding {

		/** As it is. */
		TEXT,

		/** The bytes that hexadecimal digits say. */
		HEX,

		/** The bytes that Base64 says. */
		BASE64,

		/** The last byte first. */
		REVERSED,

		IPV4, IPV6;

		@Override
		public byte[] encode(byte[] value) {
			return switch (this) {
				case TEXT -> value;
				case HEX -> hex(text(value));
				case BASE64 -> base64(value);
				case REVERSED -> {
					byte[] reversed = new byte[value.length];
					for (int i = 0; i < value.length; i++) {
						reversed[i] = value[value.length - 1 - i];
					}
					yield reversed;
				}
				case IPV4 -> address(value, 4);
				case IPV6 -> address(value, 16);
			};
		}

	}

	/**
	 * An address that has a port, and brackets if it is of IPv6.
	 *
	 * @param ofAddress how it is written without them
	 */
	record WithoutPort(Encoding ofAddress) implements Encoding {

		private static final Pattern PORT = Pattern.compile("[\\[\\]]|:[0-9]+$");

		@Override
		public byte[] encode(byte[] value) {
			return this.ofAddress.encode(Layouts.utf8(PORT.matcher(Layouts.text(value)).replaceAll("")));
		}

	}

	/**
	 * A decimal number.
	 */
	record Numeric(NumberType type) implements Encoding {

		@Override
		public byte[] encode(byte[] value) {
			String text = text(value);
			try {
				return this.type.encode(Long.parseLong(text));
			}
			catch (NumberFormatException _) {
				throw new IllegalArgumentException("'%s' is not a whole number".formatted(text));
			}
		}

	}

	private static byte[] hex(String text) {
		try {
			return HexFormat.of().parseHex(text);
		}
		catch (IllegalArgumentException _) {
			throw new IllegalArgumentException("'%s' is not hexadecimal digits, two for each byte".formatted(text));
		}
	}

	private static byte[] base64(byte[] value) {
		try {
			return Base64.getDecoder().decode(value);
		}
		catch (IllegalArgumentException _) {
			throw new IllegalArgumentException("'%s' is not Base64 (RFC 4648 4)".formatted(text(value)));
		}
	}

	private static byte[] address(byte[] value, int length) {
		String text = text(value);
		return Addresses.literal(text)
				.map((address) -> address.getAddress())
				.filter((bytes) -> bytes.length == length)
				.orElseThrow(() -> new IllegalArgumentException(
						"'%s' is not an IPv%d address".formatted(text, (length == 4) ? 4 : 6)));
	}

	private static String text(byte[] value) {
		return new String(value, StandardCharsets.UTF_8);
	}

}
