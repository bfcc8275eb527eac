package dev.udpprobe.module;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.udpprobe.net.PayloadLimits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Whatever the datagram, and however a layout looks through it, the work is bounded: the steps are used up, and then nothing
 * matches.
 */
class MatchCostTests {

	/** Of zeros: each layout begins to match at every place, and never does. */
	@ParameterizedTest
	@ValueSource(strings = {"... 00 ... 00 ... 00 ... FF", "... 00 ... FF ...", "... {:u8} ... {:u8} ... FF",
			"*( 00 ... 00 ... FF | 00 ) FF", "*( *( *( 00 ) FF | 00 ) FF | 00 ) FF", "... {:bytes} FF",
			"... {:cstring} FF",
			"... {x:text} FF", "... {:crc32} FF ...", "... u8[ ] FF", "... ( 00 ... FF | 00 00 ... FF | ) FF",
			"... [ ... [ ... [ ... FF ] ] ]", "*( u8[] /a/ | 00 ) FF", "... /(\\x00*)*b/", "*( /\\x00(a*)*/ ) FF",
			"*( u16[] ( /\\x00?\\x00?\\x00?$/ | ) | 00 ) FF", "... 00 & ... FE ... FE & ... {:u8} ... {:u8} ... FF"})
	void aHostileDatagramDoesNotMatch(String layout) {
		Match match = new Match(new byte[PayloadLimits.MAX_IPV4], Map.of());
		List<AnswerParser.Layout> layouts = AnswerParser.parseAll(layout, Layouts.Names.of(Set.of()));
		assertThat(layouts.stream().map(AnswerParser.Layout::parts).allMatch(match::matches)).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = {"... 00 ... 00 ... 00 ... FF", "... {:bytes} FF", "... 00 ... FF", "... {:crc32} FF"})
	void theStepsAreUsedUp(String layout) {
		Match match = new Match(new byte[PayloadLimits.MAX_IPV4], Map.of());
		assertThat(match.matches(AnswerParser.parse(layout, Layouts.Names.of(Set.of())).parts()))
				.isFalse();
		assertThat(match.stepsLeft()).isZero();
	}

	/** One part may look at many bytes, and does so for each place where it is tried. */
	@ParameterizedTest
	@ValueSource(strings = {"{:bytes}", "{:cstring}", "... FF", "... {:crc32}", "u16[ {:bytes} ]", "{:bytes 60000}"})
	void bytesCount(String layout) {
		byte[] datagram = new byte[PayloadLimits.MAX_IPV4];
		Arrays.fill(datagram, (byte) 0xEE);
		Match match = new Match(datagram, Map.of());
		int before = match.stepsLeft();
		var _ = match.matches(AnswerParser.parse(layout, Layouts.Names.of(Set.of())).parts());
		assertThat(before - match.stepsLeft()).isGreaterThan(900);
	}

	/** What is known may be long, and a key takes long to begin with. */
	@ParameterizedTest
	@ValueSource(strings = {"... u8[ {:hmac-md5 long} ] FF", "... u8[ {:hmac-md5 short} ] FF",
			"... u8[ {:md5 long short} ] FF",
			"*( {:pad long} FF | 10 ) FF", "*( {long:u16} FF | 10 ) FF", "*( {:pad short} FF | 10 ) FF",
			"*( u8[ {:hmac-md5 short} ] | 10 ) FF"})
	void knownValuesCount(String layout) {
		byte[] datagram = new byte[PayloadLimits.MAX_IPV4];
		Arrays.fill(datagram, (byte) 0x10);
		Map<String, byte[]> known = Map.of("long", datagram, "short", Layouts.utf8("7"));
		Match match = new Match(datagram, known);
		assertThat(match.matches(AnswerParser.parse(layout, Layouts.Names.of(known.keySet())).parts())).isFalse();
		assertThat(match.stepsLeft()).as(layout).isZero();
	}

	/** Even what needs no step: an empty alternative, or an end that is passed by. */
	@Test
	void nothingMatchesWhenTheyAreUsedUp() {
		Match match = new Match(new byte[PayloadLimits.MAX_IPV4], Map.of());
		Sequence anything = AnswerParser.parse("( ... 00 ... FF | ... )", Layouts.Names.of(Set.of()))
				.parts();
		assertThat(match.matches(anything)).isFalse();
		assertThat(match.found()).isEmpty();
	}

	/** What a true answer may have is far from the end of the steps. */
	@ParameterizedTest
	@CsvSource({"*( {:bytes 4} ) {:bytes}", "... FF", "*( 00 ) FF", "{:bytes}", "... {:u8} {:u8} FF", "... /\\xFF/"})
	void aLongAnswerMatches(String layout) {
		byte[] datagram = new byte[4_000];
		datagram[datagram.length - 1] = -1;
		Match match = new Match(datagram, Map.of());
		assertThat(match.matches(AnswerParser.parse(layout, Layouts.Names.of(Set.of())).parts()))
				.isTrue();
	}

	/** Of the loop's stack, each place to pass bytes by takes some. */
	@Test
	void onlySoManyBytesArePassedBy() {
		assertThat(AnswerParser.parse("... ".repeat(32), Layouts.Names.of(Set.of())).parts().parts())
				.hasSize(32);
		assertThatThrownBy(() -> AnswerParser.parse("... ".repeat(33), Layouts.Names.of(Set.of())))
				.isInstanceOf(SyntaxException.class)
				.hasMessageEndingWith("it takes at most 32 of ...");
	}

	/** RE2/J writes out repetitions: with three of these the memory is not enough. */
	@ParameterizedTest
	@ValueSource(strings = {"((a{1000}){1000}){1000}", "(((a{100}){100}){100}){100}", "((a{99}){99})",
			"a{1000}{1000}{1000}",
			"(?:(?:x{2,1000}){5,}){7,1000}", "(a{1000}[(]){1000}", "((a|b{500})+?){900}"})
	void aPatternMayRepeatOnlySoMuch(String pattern) {
		assertThatThrownBy(() -> Patterns.compile(pattern)).isInstanceOf(IllegalArgumentException.class);
	}

	@ParameterizedTest
	@ValueSource(strings = {"^(\\d{1,3}\\.){3}\\d{1,3}$", "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "a{500}",
			"(ab){100}",
			"x{,5}"})
	void anUsualPatternIsTaken(String pattern) {
		assertThat(Patterns.compile(pattern).pattern()).isEqualTo(pattern);
	}

	/** A pattern looks at bytes as a layout does, not at their digits, and not at all of a long datagram. */
	@Test
	void aPatternOfADatagramIsBounded() {
		byte[] datagram = new byte[PayloadLimits.MAX_IPV4];
		Arrays.fill(datagram, (byte) 'a');
		Alternative slow = new Alternative.Matching(Patterns.compile("(a?){200}b"));
		assertThat(slow.matches(new FieldValue.Bytes(datagram))).isFalse();
		assertThat(new Alternative.Matching(Patterns.compile("aa$")).matches(new FieldValue.Bytes(datagram))).isTrue();
	}

}
