package dev.udpprobe.module;

import java.util.HexFormat;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which datagrams a layout matches, and what is found in them.
 */
class AnswerTests {

	private static final Map<String, byte[]> SENT = Map.of("id", new byte[]{1, 2}, "text", Layouts.utf8("ab"), "number",
			Layouts.utf8("12"), "empty", new byte[0], "three", Layouts.utf8("3"), "key", Layouts.utf8("testing123"),
			"counted",
			HexFormat.of().parseHex("000102030405060708090a0b0c0d0e0f"));

	/** A dash for a stray. */
	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"', emptyValue = "", textBlock = """
			# literals and masks
			{} | | ""
			{} | 00 | -
			'hi' 00 | 686900 | ""
			'hi' | 6869 00 | -
			'hi' | 68 | -
			80/80 | C0 | ""
			80/80 | 7F | -
			0000/0F00 00 | F0FF 00 | ""
			# what was sent
			{id} | 0102 | ""
			{id} | 0201 | -
			{id:reversed} | 0201 | ""
			{number:u16} | 000C | ""
			{number:u16le} | 0C00 | ""
			{text:u16} | 6162 | -
			{text} {id} | 61620102 | ""
			{empty} 00 | 00 | ""
			# numbers
			{n:u8} | FF | n=255
			{n:i8} | FF | n=-1
			{n:u16} | 0102 | n=258
			{n:u16le} | 0102 | n=513
			{n:u24} | 010000 | n=65536
			{n:i32le} | FEFFFFFF | n=-2
			{n:u32} | FFFFFFFF | n=4294967295
			{n:u64} | 0000000100000000 | n=4294967296
			{n:u64} | FFFFFFFFFFFFFFFF | n=18446744073709551615
			{n:i64} | FFFFFFFFFFFFFFFF | n=-1
			{n:u16} | 01 | -
			{n:u16^2112} | 2113 | n=1
			{n:u8=3} | 03 | n=3
			{n:u8=3} | 04 | -
			{n:i8=-3..-1} | FE | n=-2
			{n:u8=3..5} | 05 | n=5
			{n:u8=3..5} | 06 | -
			# the rest of a group
			u8[{n:int}] | 02FFFE | n=-2
			u8[{n:uint}] | 02FFFE | n=65534
			u8[{n:int}] | 00 | -
			u8[{n:uint}] | 09 00FFFFFFFFFFFFFFFF | n=18446744073709551615
			u8[{n:int}] | 09 00FFFFFFFFFFFFFFFF | n=18446744073709551615
			u8[{n:int}] | 09 01FFFFFFFFFFFFFFFF | -
			u8[{n:int}] | 0A 00000000000000000001 | -
			u8[{t:text}] {b:bytes} | 026869 0102 | t=hi, b=0102
			{t:text} | | t=
			{t:text 1} {b:bytes 2} | 680102 | t=h, b=0102
			{b:bytes 2} | 01 | -
			# texts
			{t:cstring} 00 | 686900 00 | t=hi
			{t:cstring} | 00 | t=
			{t:cstring} | 6869 | -
			{t:line} {m:line} | 68690D0A 0A | t=hi, m=
			{t:line} | 0D0A | t=
			{t:line} | 6869 | -
			{n:digits} 'x' | 30303778 | n=7
			{n:digits} | 78 | -
			{n:digits} | | -
			{n:digits} | 393939393939393939393939393939393939 | n=999999999999999999
			{n:digits} | 39393939393939393939393939393939393939 | -
			{n:digits=200..299} | 323034 | n=204
			# addresses and times
			{a:ipv4} | C0000201 | a=192.0.2.1
			{a:ipv6} | 20010DB8000000000000000000000001 | a=2001:db8::1
			{a:ipv4^2112A442} | E112A643 | a=192.0.2.1
			{t:unix-time} | 00000001 | t=1970-01-01T00:00:01Z
			{t:unix-time} | FFFFFFFF | t=2106-02-07T06:28:15Z
			{t:unix-millis} | 0000000000000001 | t=1970-01-01T00:00:00.001Z
			{t:ntp-time} | 83AA7E8000000000 | t=1970-01-01T00:00:00Z
			{t:ntp-time} | 0000000000000001 | t=2036-02-07T06:28:16Z
			{t:ntp-time} | FFFFFFFF80000000 | t=2036-02-07T06:28:15.500Z
			{t:ntp-time} | 0000000000000000 | t=unknown
			{t:ntp-seconds} | 83AA7E80 | t=1970-01-01T00:00:00Z
			{t:ntp-seconds} | 00000000 | t=unknown
			# bits
			{a:bits 2} {:bits 3} {c:bits 3} | C5 | a=3, c=5
			{a:bits 4=2} {b:bits 4} | 2F | a=2, b=15
			{a:bits 4=2} {b:bits 4} | 3F | -
			{a:bits 12} {b:bits 4} | FFF1 | a=4095, b=1
			{a:bits 60} {b:bits 4} | 0000000000000011 | a=1, b=1
			# sizes and alignment
			{size:u8} FF | 02FF | ""
			{size:u8} FF | 03FF | -
			{size-1:u8} FF | 01FF | ""
			01 {:align 4} 02 | 01FFFFFF02 | ""
			u8[ 01 {:align 2} ] 02 | 0201FF02 | ""
			01 {:align 4} | 0102 | -
			01 {:pad 3} | 010000 | ""
			01 {:pad 3} | 010001 | -
			01 {:pad 3} | 0100 | -
			01 {:pad 3} | 01000000 | -
			01 {:pad 1} | 01 | ""
			FF u8[ 01 {:pad 2} ] 02 | FF02010002 | ""
			{:pad three} | 000000 | ""
			{:pad id} | 000000 | -
			# lengths
			u16le[ {b:bytes} ] | 0100FF | b=FF
			u8+1[ {b:bytes} ] | 02FF | b=FF
			u8+1[ {b:bytes} ] | 00 | -
			u8[ FF ] | 02FF00 | -
			ber[ {b:bytes} ] 00 | 8101FF00 | b=FF
			ber[ {b:bytes} ] | 8400000001FF | b=FF
			ber[ {b:bytes} ] | 80FF | -
			ber[ {b:bytes} ] | 850000000001FF | -
			varint[ {b:bytes} ] | 4001FF | b=FF
			varint[ {b:bytes} ] | C000000000000001FF | b=FF
			varint[ {b:bytes} ] | C0000000FFFFFFFFFF | -
			u32[ {b:bytes} ] | FFFFFFFFFF | -
			# checksums
			'123456789' {:crc32} | 313233343536373839CBF43926 | ""
			'123456789' {:crc32} | 313233343536373839CBF43927 | -
			'123456789' {:crc32c} | 313233343536373839E3069283 | ""
			0001 F203 F4F5 F6F7 {:inet} | 0001F203F4F5F6F7220D | ""
			0001 {:inet} | 0001FFFF | -
			00 u8[ {b:bytes 1} {:sum8} ] | 000201FF | b=01
			[ FF ] {:sum8^FF} | FFFE | ""
			022A0014 {:md5 counted key} | 022A0014B7021C538B0FE2E565C5AE0DE07EE65E | ""
			022A0014 {:md5 counted key} | 022A0014B7021C538B0FE2E565C5AE0DE07EE65F | -
			022A0014 {:md5 counted key} | 022A0014B7021C538B0FE2E565C5AE0DE07EE6 | -
			u8[ 5012 {:hmac-md5 key} ] 00 | 125012183EA9BB0665B36A2C8E51D4D556EF2400 | ""
			u8[ 5012 {:hmac-md5 key} ] 00 | 125013183EA9BB0665B36A2C8E51D4D556EF2400 | -
			""")
	void aDatagramIsOfTheLayout(String layout, @Nullable String hex, String found) {
		assertThat(Answers.found(layout, hex, SENT)).isEqualTo(found);
	}

	@Test
	void aMaskMayEndWithWhatWasSent() {
		assertThat(Answers.found("{n:u24^FF+id}", "FE0102", SENT)).isEqualTo("n=65536");
		assertThat(Answers.found("{n:u32^FF+id}", "FE010203", SENT)).isEqualTo("-");
	}

	@Test
	void aLongTextIsToldInPart() {
		assertThat(Answers.found("{t:text}", "61".repeat(600), SENT)).isEqualTo("t=" + "a".repeat(512));
		assertThat(Answers.found("*( {b:u8} )", "01".repeat(600), SENT)).isEqualTo("b=" + "1+".repeat(31) + "1");
	}

}
