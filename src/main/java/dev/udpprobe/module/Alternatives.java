package dev.udpprobe.module;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;

/**
 * Reads the values that are taken: in a condition, or for a setting.
 */
final class Alternatives {

	/** A number is one, too. */
	private static final Pattern RANGE = Pattern.compile("(-?\\d{1,18})(?:\\.\\.(-?\\d{1,18}))?");

	private Alternatives() {}

	/**
	 * Reads one or more, with commas between.
	 * @param settings the names that may stand in braces, which those of secrets may not
	 */
	static List<Alternative> list(Cursor in, Set<String> settings) {
		List<Alternative> alternatives = new ArrayList<>();
		do {
			in.blanks();
			alternatives.add(one(in, settings));
			in.blanks();
		} while (in.take(","));
		return List.copyOf(alternatives);
	}

	private static Alternative one(Cursor in, Set<String> settings) {
		int start = in.at();
		if (in.take("{")) {
			String name = in.name();
			in.expect("}");
			if (!settings.contains(name)) {
				throw in.wrong(start, "there is no setting %s, or it is a secret".formatted(name));
			}
			return new Alternative.Setting(name);
		}
		if (in.peek() == '\'') {
			return new Alternative.Word(new String(Literals.quoted(in), StandardCharsets.UTF_8));
		}
		if (in.peek() == '/') {
			return new Alternative.Matching(Literals.pattern(in));
		}
		if (in.take("[")) {
			Sequence layout = AnswerParser.within(in);
			return new Alternative.Bytes(layout, in.since(start));
		}
		if (in.takeWord("absent")) {
			return new Alternative.Absent();
		}
		return plain(in);
	}

	/**
	 * Reads a number, a range or a word, without quotes.
	 */
	static Alternative plain(Cursor in) {
		int start = in.at();
		String word = in.word();
		Alternative plain = plain(word);
		if (plain instanceof Alternative.Range(long min, long max) && max < min) {
			throw in.wrong(start, "the range ends before it begins");
		}
		if (plain instanceof Alternative.Word && word.contains("..")) {
			throw in.wrong(start, "a range takes two numbers of at most 18 digits, such as 1..5");
		}
		return plain;
	}

	/**
	 * @param text of a value
	 */
	static Alternative plain(String text) {
		Matcher range = RANGE.matcher(text);
		if (!range.matches()) {
			return new Alternative.Word(text);
		}
		String max = range.group(2);
		return new Alternative.Range(Long.parseLong(range.group(1)),
				Long.parseLong((max != null) ? max : range.group(1)));
	}

	/**
	 * @return those of a list, for messages
	 */
	static String text(List<Alternative> alternatives) {
		return alternatives.stream().map(Alternative::toString).collect(Collectors.joining(", "));
	}

}
