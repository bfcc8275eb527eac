package dev.udpprobe.module;

import java.util.Collections;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What holds of an answer, why it does not, and the sentence that it is told in.
 */
class VerdictTests {

	/** {@code 07} {@code FF} {@code hello}, twice {@code ab}: each condition, and why it does not hold. */
	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
			number is 7 |
			number is 1..5, 7 |
			number is 6 | number is 7, not 6
			number is '7' |
			number is -7..7 |
			number is not 7 | number is 7
			number is not 8 |
			number is /^7$/ |
			code is bad |
			code is BAD |
			code is 255 |
			code is 200..255 |
			code is fine | code is BAD, not fine
			code is not bad | code is BAD
			text is hello |
			text is Hello | text is hello, not Hello
			text is 'hello' |
			text is hell | text is hello, not hell
			text is /l+/ |
			text is /^l/, /h$/ | text is hello, not /^l/, /h$/
			text is not absent |
			text is absent | text is hello, not absent
			none is absent |
			none is 5 | there is no none
			none is not 5 |
			list is a |
			list is a, b |
			list is c | none of 2 list is c
			list is /b/ |
			list is not c |
			bytes is [FF] |
			bytes is [ F0/F0 ], [00] |
			bytes is [ ... u8[00] ], [FE] | bytes is ff, not [ ... u8[00] ], [FE]
			length is 13 |
			length is 1..10 | length is 13, not 1..10
			datagram is [ 07 ... ] |
			datagram is [ ... ']' ... ] | datagram is 07ff68656c6c6f0001610162ff, not [ ... ']' ... ]
			datagram is /\\x07.*hello/ |
			datagram is not /hello/ | datagram is 07ff68656c6c6f0001610162ff
			number is 7 and text is hello |
			number is 7 and text is x and number is 8 | text is hello, not x
			number is 8 else 'it has {number} of {length}[ and {none}]' | it has 7 of 13
			number is {setting} |
			number is not {setting} | number is 7
			number is {nothing} |
			number is 8, {setting} |
			text is 1.6.2, 5xx, -a | text is hello, not 1.6.2, 5xx, -a
			""")
	void aConditionHoldsOrSaysWhyNot(String pass, @Nullable String reason) {
		ProbeModule module = Specs.of("send", "00", "answer",
				"{number:u8} {code:u8} {text:cstring} u8[{list:text}] u8[{list:text}] {bytes:bytes} & ( ... 99 {none:u8} | ... )",
				"names.code", "0 fine, 255 BAD", "settings.setting", "1..7", "settings.nothing", "", "pass", pass,
				"settings.nothing.takes", "pattern").module();
		Judgement judged = Dialogues.judged(module, "07FF68656C6C6F00 0161 0162 FF");
		assertThat(judged.reason()).isEqualTo(reason);
		assertThat(judged.pass()).isEqualTo(reason == null);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"', ignoreLeadingAndTrailingWhitespace = false, textBlock = """
			{a} and {b}|1 and 2
			{a:answer,answers}, {b:answer,answers}|1 answer, 2 answers
			{a:,s}!|1 !
			{a}[, {none}]|1
			{a}[, {b}]|1, 2
			[{none}][, {b}][, {a}]|2, 1
			{none}|?
			[{none:x,y}]|
			\\{a\\} \\[\\] \\\\|{a} [] \\
			} , :|} , :
			{length:byte,bytes}|2 bytes
			[{a}][{none}][{b}]|12
			""")
	void aSentenceHasItsValues(String says, @Nullable String text) {
		ProbeModule module = Specs.of("send", "00", "answer", "( {a:u8} {b:u8} | {none:u8} )", "says", says).module();
		assertThat(Dialogues.judged(module, "0102").sentence()).isEqualTo((text != null) ? text : "");
	}

	@Test
	void aPatternThatDoesNotLookAtAllSaysSo() {
		Condition condition = new Condition("t", false,
				List.of(new Alternative.Matching(Patterns.compile("(a?){200}b"))), null);
		assertThat(condition.reason(Map.of("t", new FieldValue.Texts(Collections.nCopies(32, "a".repeat(512)))),
				new byte[0]))
				.isEqualTo("none of 32 t is /(a?){200}b/, as far as the pattern looks");
		assertThat(condition.reason(Map.of("t", new FieldValue.Texts(List.of("a", "a"))), new byte[0]))
				.isEqualTo("none of 2 t is /(a?){200}b/");
	}

	@Test
	void whatIsToldIsShort() {
		ProbeModule module = Specs.of("send", "00", "answer", "*( {b:bytes 600} ) ...", "pass", "datagram is [00]")
				.module();
		Judgement judged = Dialogues.judged(module, "61".repeat(10_000));
		assertThat(judged.sentence()).hasSize(1_003).endsWith("...");
		assertThat(judged.reason()).hasSize(1_003).endsWith("...");
		assertThat(Sentence.shortened("\uD83D\uDE00".repeat(501))).hasSize(1_003);
		assertThat(Sentence.shortened("x" + "\uD83D\uDE00".repeat(500))).hasSize(1_002);
	}

}
