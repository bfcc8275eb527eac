package dev.udpprobe.web;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/**
 * Makes bytes of what a message is written as. What is written otherwise is an IllegalArgumentException with a sentence.
 */
final class MessageText {

	private MessageText() {}

	static byte[] utf8(String text) {
		try {
			ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
			return Arrays.copyOfRange(bytes.array(), bytes.arrayOffset(), bytes.arrayOffset() + bytes.limit());
		}
		catch (CharacterCodingException _) {
			throw new IllegalArgumentException("it has half a surrogate pair, which is no character");
		}
	}

	/**
	 * @param text two digits a byte; blanks, line ends and colons may stand between bytes
	 */
	static byte[] hex(String text) {
		byte[] bytes = new byte[text.length() / 2];
		int length = 0;
		int at = 0;
		while (at < text.length()) {
			if (isBetweenBytes(text.charAt(at))) {
				at++;
				continue;
			}
			int high = digit(text, at);
			bytes[length++] = (byte) (high << 4 | digit(text, at + 1));
			at += 2;
		}
		return Arrays.copyOf(bytes, length);
	}

	private static boolean isBetweenBytes(char character) {
		return character == ' ' || character == ':' || character == '\n' || character == '\r' || character == '\t';
	}

	private static int digit(String text, int at) {
		// Character.digit would take the digits of other scripts as well.
		int digit = (at < text.length() && text.charAt(at) < 0x80) ? Character.digit(text.charAt(at), 16) : -1;
		if (digit < 0) {
			throw new IllegalArgumentException("it takes two hexadecimal digits for each byte, as in 48 69 or 4869; "
					+ ((at < text.length())
							? "character %d is no digit".formatted(at + 1)
							: "the last one is missing"));
		}
		return digit;
	}

	static byte[] base64(String text) {
		try {
			return Base64.getDecoder().decode(text);
		}
		catch (IllegalArgumentException _) {
			throw new IllegalArgumentException("it is not Base64 (RFC 4648 4)");
		}
	}

}
