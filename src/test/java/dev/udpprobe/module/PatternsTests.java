package dev.udpprobe.module;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

/**
 * Which patterns are taken, and how much of a value's texts they look at.
 */
class PatternsTests {

	private static final Duration SOON = Duration.ofSeconds(2);

	/** RE2/J does not end with the first of these. */
	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', value = {"(?i)\\x{1C80}|\\x{1C80}", "(?i)[\\x{1c88}]|\\x{1c88}",
			"(?i)[B-\\x{10FFFF}]|\\x{10FFFF}", "(?i)\\x{00001C80}|\\x{00001C80}", "(?i)\u1C80|U+1C80",
			"(?i)[\u1C80-\u1C88]|U+1C80", "(?i)\\\\\\x{1C80}|\\x{1C80}", "a\uD83D\uDE00|U+1F600", "\u0100|U+0100",
			"\\x{100}|\\x{100}", "\\400|\\400", "[\\777]|\\777", "\\pL|\\p", "[^\\P{Greek}]|\\P",
			"\\x{fffffffff|\\x{fffffffff"})
	void aCharacterOfAnotherAlphabetIsRefused(String pattern, String refused) {
		assertTimeoutPreemptively(SOON, () -> assertThatThrownBy(() -> Patterns.compile(pattern))
				.isInstanceOf(IllegalArgumentException.class)
				.hasMessage("a pattern does not take %s; it takes the characters up to U+00FF", refused));
	}

	/** It would hide from the bound on repetitions what is repeated. */
	@ParameterizedTest
	@ValueSource(strings = {"\\Q\\E", "((a{300})\\Q\\E{300})", "\\Qa.b", "a\\E", "\\\\\\Q\\E"})
	void aQuotationIsRefused(String pattern) {
		assertThatThrownBy(() -> Patterns.compile(pattern))
				.isInstanceOf(IllegalArgumentException.class)
				.hasMessage("a pattern does not take \\Q and \\E; each character takes its own \\");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', value = {"^(\\\\x{100})?|-", "^\\xFF\\x{00e5}$|\u00FF\u00E5",
			"^\\377\\101$|\u00FFA", "^\\x{0000FF}$|\u00FF", "^\\\\pL$|\\pL", "^\\\\Q$|\\Q", "^\\\\400$|\\400",
			"(?i)^\u00E5$|\u00C5", "^.$|\u1C80", "(?i)^[^a]$|\u1C80", "^[[:alpha:]]\\d$|a1", "^QEpP$|QEpP"})
	void theOthersAreTaken(String pattern, String found) {
		assertThat(Patterns.compile(pattern).matcher(found).find()).isTrue();
	}

	/** Of 903 instructions, and so of 66 characters. */
	@Test
	void aPatternLooksAtSoManyCharactersOfAllTexts() {
		Alternative pattern = new Alternative.Matching(Patterns.compile(".{0,450}\\x{1}"));
		String found = "\u0001";
		assertThat(pattern.matches(new FieldValue.Text("a".repeat(60) + found))).isTrue();
		assertThat(pattern.matches(new FieldValue.Text("a".repeat(70) + found))).isFalse();
		assertThat(pattern.matches(new FieldValue.Texts(List.of("a".repeat(30), "a".repeat(30), found)))).isTrue();
		assertThat(pattern.matches(new FieldValue.Texts(List.of("a".repeat(35), "a".repeat(35), found)))).isFalse();
		assertThat(pattern.matches(new FieldValue.Texts(Collections.nCopies(32, "a".repeat(512) + found)))).isFalse();
	}

	/** What is seen of a text that goes on has no end. */
	@Test
	void theEndOfWhatIsSeenIsNotTheEndOfTheText() {
		Alternative pattern = new Alternative.Matching(Patterns.compile("^a{0,450}$"));
		assertThat(pattern.matches(new FieldValue.Text("a".repeat(50)))).isTrue();
		assertThat(pattern.matches(new FieldValue.Text("a".repeat(400) + "b"))).isFalse();
	}

	/** Records as servers send them, and what is looked for in them. */
	@Test
	void manyUsualTextsAreLookedAt() {
		Alternative pattern = new Alternative.Matching(Patterns.compile("(?i)^(\\d{1,3}\\.){3}32$"));
		List<String> records = IntStream.rangeClosed(1, 32).mapToObj("192.0.2.%d"::formatted).toList();
		assertThat(pattern.matches(new FieldValue.Texts(records))).isTrue();
	}

}
