package dev.udpprobe.module;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;

import com.google.re2j.Pattern;

/**
 * How bytes, texts and patterns are written in the language of modules.
 */
final class Literals {

	private Literals() {}

	/**
	 * @return the bytes of the hexadecimal digits, two for each, at least one
	 */
	static byte[] hex(Cursor in) {
		int start = in.at();
		while (in.isAtHex()) {
			in.next();
		}
		String digits = in.since(start);
		if (digits.isEmpty() || digits.length() % 2 != 0) {
			throw in.wrong(start, "bytes take two hexadecimal digits each");
		}
		return HexFormat.of().parseHex(digits);
	}

	/**
	 * @return what Base64 says up to the quote that ends it, at least one byte
	 */
	static byte[] base64(Cursor in) {
		int start = in.at();
		String text = in.until('\'', "the text does not end: a quote (') is missing");
		byte[] bytes = new byte[0];
		try {
			bytes = Base64.getDecoder().decode(text);
		}
		catch (IllegalArgumentException _) {
			// The answer is the same as for none.
		}
		if (bytes.length == 0) {
			throw in.wrong(start, "that is not Base64 (RFC 4648 4)");
		}
		return bytes;
	}

	/**
	 * @return what stands between quotes, with its escapes resolved, as UTF-8 but for <code>\x</code>
	 */
	static byte[] quoted(Cursor in) {
		int start = in.at();
		in.expect("'");
		ByteBuilder bytes = new ByteBuilder();
		StringBuilder text = new StringBuilder();
		while (!in.take("'")) {
			if (in.isAtEnd()) {
				throw in.wrong(start, "the text does not end: a quote (') is missing");
			}
			int at = in.at();
			char character = in.next();
			if (character == '\\') {
				bytes.add(utf8(text));
				bytes.add(escaped(in, at));
			}
			else if (Character.isISOControl(character)) {
				throw in.wrong(at, "within a text, a line end is written \\n or \\r\\n, and a tab \\t");
			}
			else {
				text.append(character);
			}
		}
		bytes.add(utf8(text));
		return bytes.toArray();
	}

	private static byte[] utf8(StringBuilder text) {
		byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
		text.setLength(0);
		return bytes;
	}

	private static byte escaped(Cursor in, int start) {
		return switch (in.isAtEnd() ? ' ' : in.next()) {
			case 'n' -> '\n';
			case 'r' -> '\r';
			case 't' -> '\t';
			case '0' -> 0;
			case '\'' -> '\'';
			case '\\' -> '\\';
			case 'x' -> {
				for (int i = 0; i < 2; i++) {
					if (!in.isAtHex()) {
						throw in.wrong(start, "\\x takes two hexadecimal digits");
					}
					in.next();
				}
				yield (byte) HexFormat.fromHexDigits(in.since(start + 2));
			}
			default -> throw in.wrong(start, "there is no such escape; there are \\n \\r \\t \\0 \\' \\\\ and \\xHH");
		};
	}

	/**
	 * @return the pattern between slashes; a slash in it is written <code>\/</code>
	 */
	static Pattern pattern(Cursor in) {
		int start = in.at();
		in.expect("/");
		StringBuilder pattern = new StringBuilder();
		while (!in.take("/")) {
			if (in.take("\\/")) {
				pattern.append('/');
				continue;
			}
			// With what stands behind it: \\/ is a backslash and the end.
			pattern.append(in.take("\\") ? "\\" : "");
			if (in.isAtEnd()) {
				throw in.wrong(start, "the pattern does not end: a slash (/) is missing");
			}
			pattern.append(in.next());
		}
		try {
			return Patterns.compile(pattern.toString());
		}
		catch (IllegalArgumentException ex) {
			throw in.wrong(start, String.valueOf(ex.getMessage()));
		}
	}

}
