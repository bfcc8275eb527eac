package dev.udpprobe.web;

/**
 * Text as Go's {@code %q} writes it, so that messages are those of blackbox_exporter.
 */
final class GoText {

	private static final String ESCAPED = "\u0007\b\f\n\r\t\u000B\\\"";

	private static final String ESCAPES = "abfnrtv\\\"";

	private GoText() {}

	static String quoted(String text) {
		StringBuilder quoted = new StringBuilder("\"");
		text.codePoints().forEach((character) -> {
			int at = ESCAPED.indexOf(character);
			if (at >= 0) {
				quoted.append('\\').append(ESCAPES.charAt(at));
			}
			else if (character == ' ' || isPrintable(character)) {
				quoted.appendCodePoint(character);
			}
			else {
				quoted.append(((character < 0x80) ? "\\x%02x" : (character < 0x10000) ? "\\u%04x" : "\\U%08x")
						.formatted(character));
			}
		});
		return quoted.append('"').toString();
	}

	private static boolean isPrintable(int character) {
		return switch (Character.getType(character)) {
			case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR,
					Character.PRIVATE_USE, Character.SPACE_SEPARATOR, Character.SURROGATE, Character.UNASSIGNED ->
				false;
			default -> true;
		};
	}

}
