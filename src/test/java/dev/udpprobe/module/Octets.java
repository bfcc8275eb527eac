package dev.udpprobe.module;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.stream.Stream;

/**
 * Datagrams written by hand.
 */
final class Octets {

	private Octets() {}

	static byte[] text(String text) {
		return text.getBytes(StandardCharsets.US_ASCII);
	}

	static String string(byte[] bytes) {
		return new String(bytes, StandardCharsets.US_ASCII);
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
