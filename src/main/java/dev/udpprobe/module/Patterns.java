package dev.udpprobe.module;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;

/**
 * Patterns of RE2, which match in linear time, and are short enough for that to be quick.
 */
final class Patterns {

	private static final int MAX_TEXT = 1_000;

	/** Of instructions, each of which may have to look at each byte. */
	private static final int MAX_PROGRAM = 1_000;

	/** What compiling may make of it. */
	private static final int MAX_EXPANDED = 20_000;

	/** Of Latin-1, whose characters the bytes of a datagram are. */
	private static final int MAX_CHARACTER = 0xFF;

	/** Each escape of a pattern; in its groups, one for characters that may be above that, and one that quotes. */
	private static final Pattern ESCAPE = Pattern.compile("\\\\(?:(x\\{0*[1-9A-Fa-f][0-9A-Fa-f]{2,}\\}?"
			+ "|[4-7][0-7]{2}|[pP])|([QE])|(?s:.))");

	private static final Pattern REPEAT = Pattern.compile("\\{(\\d{1,9})(?:,(\\d{0,9}))?\\}");

	private Patterns() {}

	/**
	 * Compiles a pattern whose characters are those up to U+00FF: RE2/J 1.8 never ends where it looks for the other case of some
	 * above, such as U+1C80, if the JDK knows it. Nor does it take <code>\Q...\E</code>, behind which a repetition is of
	 * whatever comes before.
	 * @throws IllegalArgumentException with a clause that says what is wrong
	 */
	static Pattern compile(String text) {
		if (text.length() <= MAX_TEXT) {
			checkCharacters(text);
			if (expanded(text) <= MAX_EXPANDED) {
				Pattern pattern = compiled(text);
				if (pattern.programSize() <= MAX_PROGRAM) {
					return pattern;
				}
			}
		}
		throw new IllegalArgumentException("the pattern is too long, or repeats too much");
	}

	private static void checkCharacters(String text) {
		text.codePoints().filter((character) -> character > MAX_CHARACTER).findFirst().ifPresent((character) -> {
			throw tooHigh("U+%04X".formatted(character));
		});
		Matcher escapes = ESCAPE.matcher(text);
		while (escapes.find()) {
			if (escapes.group(1) != null) {
				throw tooHigh(escapes.group());
			}
			if (escapes.group(2) != null) {
				throw new IllegalArgumentException(
						"a pattern does not take \\Q and \\E; each character takes its own \\");
			}
		}
	}

	private static IllegalArgumentException tooHigh(String refused) {
		return new IllegalArgumentException(
				"a pattern does not take %s; it takes the characters up to U+00FF".formatted(refused));
	}

	private static Pattern compiled(String text) {
		try {
			return Pattern.compile(text);
		}
		catch (PatternSyntaxException ex) {
			throw new IllegalArgumentException("the pattern is none of RE2: " + ex.getDescription());
		}
	}

	/**
	 * RE2/J writes out all repetitions before it can tell how long the program is: three of 1,000 within each other are more
	 * than any memory has.
	 * @return at least the number of instructions
	 */
	private static long expanded(String text) {
		long atoms = text.length();
		long groups = 1;
		Matcher repeats = REPEAT.matcher(text);
		while (repeats.find()) {
			String max = repeats.group(2);
			long times = Long.parseLong((max != null && !max.isEmpty()) ? max : repeats.group(1));
			boolean character = repeats.start() == 0 || ")}?*+".indexOf(text.charAt(repeats.start() - 1)) < 0;
			atoms += character ? times : 0;
			groups = Math.min(MAX_EXPANDED + 1, groups * Math.max(1, character ? 1 : times));
		}
		return atoms * groups;
	}

}
