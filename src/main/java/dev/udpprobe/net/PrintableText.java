package dev.udpprobe.net;

/**
 * Text of strangers, for one line of a terminal or a log.
 */
public final class PrintableText {

	private PrintableText() {}

	/**
	 * @return the text with a question mark for each character that would move the cursor, turn the writing, or end the line
	 */
	public static String of(String text) {
		return text.codePoints()
				.map((character) -> isPrintable(character) ? character : '?')
				.collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
				.toString();
	}

	public static boolean isPrintable(int character) {
		return switch (Character.getType(character)) {
			case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR,
					Character.PRIVATE_USE, Character.SURROGATE, Character.UNASSIGNED ->
				false;
			default -> true;
		};
	}

}
