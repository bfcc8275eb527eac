package dev.udpprobe.module;

import java.util.HexFormat;

/**
 * A place in a text of the language of modules, and the words that all of its parts have. What is wrong is a
 * {@link SyntaxException} with its place.
 */
final class Cursor {

	/** Of one text: a message, a condition, a sentence. */
	private static final int MAX_TEXT = 16_384;

	static final int MAX_NAME = 32;

	private static final int MAX_DIGITS = 18;

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

	static boolean isName(String text) {
		return text.length() <= MAX_NAME && new Cursor(text).isAtName()
				&& text.chars().allMatch((each) -> isLetter((char) each) || isDigit((char) each));
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
	 * @return the text from there up to here
	 */
	String since(int start) {
		return this.text.substring(start, this.at);
	}

	/**
	 * @return all up to the character, which is passed as well
	 * @param missing what is said if there is none
	 */
	String until(char end, String missing) {
		int start = this.at;
		int found = this.text.indexOf(end, start);
		if (found < 0) {
			throw wrong(start, missing);
		}
		this.at = found + 1;
		return this.text.substring(start, found);
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
