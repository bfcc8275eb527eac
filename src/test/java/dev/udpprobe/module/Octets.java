package dev.udpprobe.module;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Datagrams written by hand.
 */
final class Octets {

	private Octets() {}

	static byte[] text(String text) {
		return text.getBytes(StandardCharsets.US_ASCII);
	}

	private static String string(byte[] bytes) {
		return new String(bytes, StandardCharsets.US_ASCII);
	}

	/**
	 * @return the value of a line that begins with a name and a colon
	 */
	static String header(byte[] message, String name) {
		Matcher matcher = Pattern.compile("(?m)^" + name + ": (.*)$").matcher(string(message));
		if (!matcher.find()) {
			throw new AssertionError("There is no " + name);
		}
		return matcher.group(1);
	}

	/**
	 * @param parts bytes, or their hexadecimal digits
	 */
	static byte[] bytes(Object... parts) {
		ByteArrayOutputStream all = new ByteArrayOutputStream();
		Stream.of(parts)
				.map((part) -> (part instanceof byte[] bytes)
						? bytes
						: HexFormat.of().parseHex(part.toString().replace(" ", "")))
				.forEach(all::writeBytes);
		return all.toByteArray();
	}

	/** In BER (X.690 8.1), of at most 127 bytes. */
	static byte[] tlv(int tag, Object... parts) {
		byte[] value = bytes(parts);
		return bytes(new byte[]{(byte) tag, (byte) value.length}, value);
	}

}
