package dev.udpprobe.module;

/**
 * A text is not of the language of modules.
 */
public final class SyntaxException extends IllegalArgumentException {

	private static final int SHOWN = 24;

	/**
	 * @param at where in the text, from 0
	 * @param sentence what is wrong, or what it takes
	 */
	SyntaxException(String text, int at, String sentence) {
		super("%s: %s".formatted(place(text, at), sentence));
	}

	private static String place(String text, int at) {
		if (at >= text.length()) {
			return "at its end";
		}
		int lineStart = text.lastIndexOf('\n', at - 1) + 1;
		long line = text.substring(0, lineStart).chars().filter((character) -> character == '\n').count() + 1;
		String shown = text.substring(at, Math.min(text.length(), at + SHOWN)).lines().findFirst().orElse("");
		return "%scharacter %d, %s".formatted((line > 1) ? "line %d, ".formatted(line) : "", at - lineStart + 1,
				shown.isEmpty() ? "at the end of the line" : "at \"%s\"".formatted(shown));
	}

}
