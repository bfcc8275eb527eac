package dev.udpprobe.web;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.function.BiConsumer;

import dev.udpprobe.destination.BadRequestException;

/**
 * Reads what is written as {@code application/x-www-form-urlencoded} (WHATWG URL 5.1): a
 * form, or a query. What is not UTF-8, or wrongly percent-encoded, is refused.
 */
final class FormData {

	private FormData() {}

	/**
	 * Reads name by name, each with its value, and keeps nothing.
	 * @throws BadRequestException if it is not what it should be
	 */
	static void read(byte[] encoded, BiConsumer<String, String> taker) {
		int start = 0;
		for (int i = 0; i <= encoded.length; i++) {
			if (i == encoded.length || encoded[i] == '&') {
				if (i > start) {
					readPair(encoded, start, i, taker);
				}
				start = i + 1;
			}
		}
	}

	private static void readPair(byte[] encoded, int start, int end, BiConsumer<String, String> taker) {
		int equals = start;
		while (equals < end && encoded[equals] != '=') {
			equals++;
		}
		String name = decode("name", encoded, start, equals);
		taker.accept(name, decode(name, encoded, Math.min(equals + 1, end), end));
	}

	private static String decode(String field, byte[] encoded, int start, int end) {
		ByteBuffer decoded = ByteBuffer.allocate(end - start);
		for (int i = start; i < end; i++) {
			switch (encoded[i]) {
				case '+' -> decoded.put((byte) ' ');
				case '%' -> {
					decoded.put(octet(field, encoded, i, end));
					i += 2;
				}
				default -> decoded.put(encoded[i]);
			}
		}
		try {
			return StandardCharsets.UTF_8.newDecoder().decode(decoded.flip()).toString();
		}
		catch (CharacterCodingException _) {
			throw new BadRequestException(field, "it is not UTF-8");
		}
	}

	private static byte octet(String field, byte[] encoded, int percent, int end) {
		int high = (percent + 2 < end) ? Character.digit(encoded[percent + 1], 16) : -1;
		int low = (high >= 0) ? Character.digit(encoded[percent + 2], 16) : -1;
		if (low < 0) {
			throw new BadRequestException(field, "it is not percent-encoded as it should be");
		}
		return (byte) (high << 4 | low);
	}

}
