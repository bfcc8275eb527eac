package dev.udpprobe.module;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;

/**
 * A place in a text of the language of modules, and the words that all of its parts have. What is wrong is a
 * {@link SyntaxException} with its place.
 */
final class Cursor {

	/** Of one text: a message, a condition, a sentence. */
	private static final int MAX_TEXT = 16_384;

	private static final int MAX_NAME = 32;

	private static final int MAX_DIGITS = 18;

	/** Of a compiled pattern, each of which may have to look at each byte. */
	private static final int MAX_PATTERN = 1_000;

	private static final int MAX_PATTERN_TEXT = 1_000;

	private final String text;

	private int at;

	Cursor(String text) {
		this.text = text;
		if (text.length() > MAX_TEXT) {
			throw new SyntaxException(text, MAX_TEXT, "it takes at most %,d characters".formatted(MAX_TEXT));
		}
	}

	/**
	 * @return where it is, for {@link #wrong(int, String)}
	 */
	int at() {
		return this.at;
	}

	SyntaxException wrong(String sentence) {
		return wrong(this.at, sentence);
	}

	SyntaxException wrong(int at, String sentence) {
		return new SyntaxException(this.text, at, sentence);
	}

	boolean isAtEnd() {
		return this.at == this.text.length();
	}

	/**
	 * @return the next character; 0 at the end
	 */
	char peek() {
		return isAtEnd() ? 0 : this.text.charAt(this.at);
	}

	char next() {
		char character = peek();
		this.at++;
		return character;
	}

	/**
	 * Passes blanks, line ends and comments.
	 */
	void blanks() {
		while (Character.isWhitespace(peek()) || peek() == '#') {
			if (peek() == '#') {
				while (!isAtEnd() && peek() != '\n') {
					this.at++;
				}
			}
			else {
				this.at++;
			}
		}
	}

	/**
	 * Passes the token, if it is next.
	 * @return whether it was
	 */
	boolean take(String token) {
		boolean there = this.text.startsWith(token, this.at);
		this.at += there ? token.length() : 0;
		return there;
	}

	/**
	 * Passes the word, if it is next and no longer word begins with it.
	 */
	boolean takeWord(String word) {
		int end = this.at + word.length();
		boolean whole = end >= this.text.length() || !isWord(this.text.charAt(end));
		return whole && take(word);
	}

	void expect(String token) {
		if (!take(token)) {
			throw wrong("%s is missing".formatted(token));
		}
	}

	/**
	 * @return a name: a lower-case letter, then letters and digits
	 */
	String name() {
		int start = this.at;
		if (peek() < 'a' || peek() > 'z') {
			throw wrong("it takes a name: a lower-case letter, then letters and digits");
		}
		while (isLetter(peek()) || isDigit(peek())) {
			this.at++;
		}
		if (this.at - start > MAX_NAME) {
			throw wrong(start, "a name takes at most %d characters".formatted(MAX_NAME));
		}
		return this.text.substring(start, this.at);
	}

	boolean isAtName() {
		return peek() >= 'a' && peek() <= 'z';
	}

	/**
	 * @return letters, digits, dashes, dots and underscores, at least one
	 */
	String word() {
		int start = this.at;
		while (isWord(peek())) {
			this.at++;
		}
		if (start == this.at) {
			throw wrong("it takes a word");
		}
		return this.text.substring(start, this.at);
	}

	boolean isAtDigit() {
		return isDigit(peek());
	}

	/**
	 * @return a decimal number, which fits a long
	 */
	long number() {
		int start = this.at;
		while (isDigit(peek())) {
			this.at++;
		}
		if (start == this.at || this.at - start > MAX_DIGITS) {
			throw wrong(start, "it takes a number of at most %d digits".formatted(MAX_DIGITS));
		}
		return Long.parseLong(this.text.substring(start, this.at));
	}

	/**
	 * @param what it is the number of, for the message
	 */
	int number(String what, int min, int max) {
		int start = this.at;
		long number = number();
		if (number < min || number > max) {
			throw wrong(start, "%s takes %,d to %,d".formatted(what, min, max));
		}
		return (int) number;
	}

	boolean isAtHex() {
		return HexFormat.isHexDigit(peek());
	}

	/**
	 * @return the bytes of the hexadecimal digits, two for each, at least one
	 */
	byte[] hex() {
		int start = this.at;
		while (isAtHex()) {
			this.at++;
		}
		if (start == this.at || (this.at - start) % 2 != 0) {
			throw wrong(start, "bytes take two hexadecimal digits each");
		}
		return HexFormat.of().parseHex(this.text, start, this.at);
	}

	/**
	 * @return what stands between quotes, with its escapes resolved, as UTF-8 but for <code>\x</code>
	 */
	byte[] quoted() {
		int start = this.at;
		expect("'");
		ByteBuilder bytes = new ByteBuilder();
		while (!take("'")) {
			int character = isAtEnd() ? 0 : this.text.codePointAt(this.at);
			if (character == 0) {
				throw wrong(start, "the text does not end: a quote (') is missing");
			}
			if (character == '\\') {
				this.at++;
				bytes.add(escaped());
			}
			else if (Character.isISOControl(character)) {
				throw wrong("within a text, a line end is written \\n or \\r\\n, and a tab \\t");
			}
			else {
				this.at += Character.charCount(character);
				bytes.add(Character.toString(character).getBytes(StandardCharsets.UTF_8));
			}
		}
		return bytes.toArray();
	}

	private byte escaped() {
		int start = this.at - 1;
		return switch (next()) {
			case 'n' -> '\n';
			case 'r' -> '\r';
			case 't' -> '\t';
			case '0' -> 0;
			case '\'' -> '\'';
			case '\\' -> '\\';
			case 'x' -> {
				if (this.at + 2 > this.text.length() || !isAtHex()
						|| !HexFormat.isHexDigit(this.text.charAt(this.at + 1))) {
					throw wrong(start, "\\x takes two hexadecimal digits");
				}
				this.at += 2;
				yield (byte) HexFormat.fromHexDigits(this.text, this.at - 2, this.at);
			}
			default -> throw wrong(start, "there is no such escape; there are \\n \\r \\t \\0 \\' \\\\ and \\xHH");
		};
	}

	/**
	 * @return all up to the character, which is passed as well
	 */
	String until(char end) {
		int start = this.at;
		int found = this.text.indexOf(end, start);
		if (found < 0) {
			throw wrong(start, "it does not end: %s is missing".formatted(end));
		}
		this.at = found + 1;
		return this.text.substring(start, found);
	}

	/**
	 * @return the pattern between slashes; a slash in it is written <code>\/</code>
	 */
	Pattern pattern() {
		int start = this.at;
		expect("/");
		StringBuilder pattern = new StringBuilder();
		while (!take("/")) {
			if (isAtEnd()) {
				throw wrong(start, "the pattern does not end: a slash (/) is missing");
			}
			if (take("\\/")) {
				pattern.append('/');
			}
			else {
				char character = next();
				pattern.append(character);
				if (character == '\\' && !isAtEnd()) {
					pattern.append(next());
				}
			}
		}
		try {
			return pattern(pattern.toString());
		}
		catch (IllegalArgumentException ex) {
			throw wrong(start, String.valueOf(ex.getMessage()));
		}
	}

	/**
	 * @param text as RE2 has it, which matches in linear time
	 * @throws IllegalArgumentException with a clause that says what is wrong
	 */
	static Pattern pattern(String text) {
		try {
			Pattern pattern = (text.length() <= MAX_PATTERN_TEXT) ? Pattern.compile(text) : null;
			if (pattern == null || pattern.programSize() > MAX_PATTERN) {
				throw new IllegalArgumentException("the pattern is too long, or repeats too much");
			}
			return pattern;
		}
		catch (PatternSyntaxException ex) {
			throw new IllegalArgumentException("the pattern is none of RE2: " + ex.getMessage());
		}
	}

	private static boolean isWord(char character) {
		return isLetter(character) || isDigit(character) || character == '-' || character == '.' || character == '_';
	}

	private static boolean isLetter(char character) {
		return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z');
	}

	private static boolean isDigit(char character) {
		return character >= '0' && character <= '9';
	}

}
