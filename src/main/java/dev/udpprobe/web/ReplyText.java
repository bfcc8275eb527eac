package dev.udpprobe.web;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

import dev.udpprobe.net.PrintableText;

/**
 * What came back, as a person reads it.
 */
final class ReplyText {

	private static final int MAX_CHARACTERS = 1_024;

	private static final int MAX_BYTES = 64;

	private static final HexFormat HEX = HexFormat.ofDelimiter(" ");

	private ReplyText() {}

	/**
	 * @return null if the bytes are not UTF-8
	 */
	static @Nullable String utf8(byte[] bytes) {
		try {
			return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
		}
		catch (CharacterCodingException _) {
			return null;
		}
	}

	/**
	 * @return a line without anything that a terminal would take for an order: text, or else bytes in hexadecimal digits; of a long
	 * reply the beginning
	 */
	static String line(byte[] reply) {
		String text = utf8(reply);
		if (text == null || !text.codePoints().allMatch(ReplyText::isPrintable)) {
			return (reply.length <= MAX_BYTES)
					? HEX.formatHex(reply)
					: cut(HEX.formatHex(reply, 0, MAX_BYTES), reply);
		}
		return escaped((text.length() <= MAX_CHARACTERS)
				? text
				: cut(text.substring(0, text.offsetByCodePoints(0, MAX_CHARACTERS / 2)), reply));
	}

	/**
	 * @return the text without anything that a terminal would take for an order
	 */
	static String printable(String text) {
		return PrintableText.of(text);
	}

	private static String cut(String beginning, byte[] reply) {
		return String.format(Locale.ROOT, "%s... (%,d bytes)", beginning, reply.length);
	}

	private static boolean isPrintable(int character) {
		return character == '\n' || character == '\r' || character == '\t' || PrintableText.isPrintable(character);
	}

	private static String escaped(String text) {
		return text.replace("\r", "\\r").replace("\n", "\\n").replace("\t", "\\t");
	}

}
