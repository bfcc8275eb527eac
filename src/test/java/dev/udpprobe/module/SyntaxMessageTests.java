package dev.udpprobe.module;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * What is said of a wrong text points at the character, and says what it takes.
 */
class SyntaxMessageTests {

	private static final String NUMBERS = "u8, u16, u24, u32, u64, i8, i16, i32 and i64, with le for the least byte first";

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
			send | 00 0 | character 4, at "0": bytes take two hexadecimal digits each
			send | 00 'abc | character 4, at "'abc": the text does not end: a quote (') is missing
			send | 'a\\q' | character 3, at "\\q'": there is no such escape; there are \\n \\r \\t \\0 \\' \\\\ and \\xHH
			send | 'a\\x0' | character 3, at "\\x0'": \\x takes two hexadecimal digits
			send | base64'?' | character 8, at "?'": that is not Base64 (RFC 4648 4)
			send | u16[ 00 | character 5, at " 00": it does not end: ] is missing
			send | u17[ 00 ] | character 1, at "u17[ 00 ]": a length takes u8, u16, u24, u32 or u64, with le for the least byte first, ber or varint
			send | 00 ] | character 4, at "]": it ends nothing
			send | 00 } | character 4, at "}": it ends nothing
			send | {naem} | character 2, at "naem}": nothing is called naem: it is neither a setting nor a value that was sent, found or made before, nor target, local or try
			send | {x:random} | character 10, at "}": it takes a number of at most 18 digits
			send | {x:random 0} | character 11, at "0}": the number of bytes takes 1 to 1,024
			send | {name:random 4} | character 7, at "random 4}": name is known already, so it is written as text, hex, base64, reversed, ipv4, ipv6, or NUMBERS
			send | {name:u16 | character 1, at "{name:u16": it does not end: } is missing
			send | {:pad nmae} | character 7, at "nmae}": nothing is called nmae: it is neither a setting nor a value that was sent, found or made before, nor target, local or try
			send | {:crc32^FF} | character 9, at "FF}": it takes as many bytes as the checksum has
			send | {size:random} | character 7, at "random}": it takes NUMBERS
			send | "" | at its end: it is empty; an empty datagram is written {}
			send | {} 00 | at its end: {} is an empty datagram, so nothing may follow
			answer | {id} | character 2, at "id}": id was not sent; to find a value, give its type, as in {id:u16}
			answer | {n:u17} | character 4, at "u17}": it takes text, bytes, bits N, cstring, line, digits, int, uint, ipv4, ipv6, ntp-time, ntp-seconds, unix-time, unix-millis, or NUMBERS
			answer | {n:bits 3} 00 | character 12, at "00": the bits before this do not fill whole bytes: there are 3
			answer | {n:bits 3} u8[ {:bits 5} ] | character 12, at "u8[ {:bits 5} ]": the bits before this do not fill whole bytes: there are 3
			answer | {n:bits 4} | at its end: the bits before this do not fill whole bytes: there are 4
			answer | {:bits 60} {:bits 60} | character 18, at " 60}": bits have to fill whole bytes, at most 8
			answer | {n:bits 3=8} {:bits 5} | character 11, at "8} {:bits 5}": what the bits have to be takes 0 to 7
			answer | FFFF/FF | character 5, at "/FF": a mask takes as many bytes as it is for
			answer | {n:text=5} | character 9, at "5}": only a number can be told to be in a range
			answer | {n:u8=5..1} | character 7, at "5..1}": the range ends before it begins
			answer | {n:u16^21} | character 7, at "^21}": it takes 2 bytes
			answer | {length:u16} | character 2, at "length:u16}": length is that of the whole datagram; take another name
			answer | /(?P<name>.)/ | character 1, at "/(?P<name>.)/": name is known already; take another name
			answer | /(a/ | character 1, at "/(a/": the pattern is none of RE2: missing closing )
			answer | 00 /a | character 4, at "/a": the pattern does not end: a slash (/) is missing
			answer | ( 00 [ 01 ) | character 11, at ")": ] is missing before this
			answer | 00 & | at its end: it is empty; an empty datagram is written {}
			answer | [ 00 {:inet} ] | character 12, at "} ]": this checksum takes a group with a length, or the whole datagram, because it is of what follows, too
			answer | [ 00 {:md5 name name} ] | character 21, at "} ]": this checksum takes a group with a length, or the whole datagram, because it is of what follows, too
			answer | {:hmac-md5 other} | character 12, at "other}": other was not sent; to find a value, give its type, as in {other:u16}
			answer | {:hmac-md5} | character 11, at "}": it takes a name: a lower-case letter, then letters and digits
			pass | n | at its end: 'is' is missing
			pass | m is 5 | character 1, at "m is 5": the answer has no value m; there are n, length and datagram
			pass | n is 5 or 6 | character 8, at "or 6": a condition is NAME is VALUE, or NAME is not VALUE; between two stands and
			pass | n is 5.. | character 6, at "5..": a range takes two numbers of at most 18 digits, such as 1..5
			pass | n is {nmae} | character 6, at "{nmae}": there is no setting nmae, or it is a secret
			pass | n is [00 | at its end: ] is missing
			says | it is {m} | character 8, at "m}": there is no value m; there are n, length
			says | {n:answer} and, {n} | character 4, at "answer} and, {n}": it takes the word behind 1 and the one behind other numbers, such as answer,answers
			says | [{n} | character 1, at "[{n}": it does not end: ] is missing
			says | a] | character 2, at "]": [ is missing before this; as a character it is written \\]
			says | {n | at its end: } is missing
			""")
	void itPointsAtTheCharacter(String key, String text, String message) {
		Specs specs = key.equals("answer")
				? Specs.of("send", "00", "settings.name", "", key, text)
				: Specs.of("send", "00", "settings.name", "", "answer", "{n:u8}", key, text);
		assertThatThrownBy(specs::module).isInstanceOf(ModuleException.class)
				.hasMessage(message.replace("NUMBERS", NUMBERS));
	}

	@Test
	void bytesInAConditionHaveTheirPlace() {
		assertThatThrownBy(() -> Specs.of("send", "00", "answer", "{n:u8}", "pass", "n is [00], [00 zz]").module())
				.hasMessageStartingWith("character 16, at \"zz]\": a datagram is described by bytes")
				.hasMessageEndingWith("(this | that), *(repeated) and ...");
	}

	@Test
	void itCountsLines() {
		assertThatThrownBy(() -> Specs.of("send", "00\n  u8[ 01 ]\n    {x}\n").module())
				.hasMessageStartingWith("line 3, character 6, at \"x}\": nothing is called x");
		assertThatThrownBy(() -> Specs.of("send", "'a\nb'").module())
				.hasMessageStartingWith(
						"character 3, at the end of the line: within a text, a line end is written \\n");
	}

	@Test
	void itTakesOnlySoMuch() {
		assertThatThrownBy(() -> Specs.of("send", "00 ".repeat(6_000)).module())
				.hasMessageEndingWith("it takes at most 16,384 characters");
		assertThatThrownBy(() -> Specs.of("send", "[".repeat(17)).module())
				.hasMessageEndingWith("it is nested too deeply");
		assertThatThrownBy(() -> Specs.of("send", "00", "answer", "(".repeat(16_000)).module())
				.hasMessageEndingWith("it is nested too deeply");
	}

}
