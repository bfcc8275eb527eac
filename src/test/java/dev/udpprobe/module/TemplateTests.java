package dev.udpprobe.module;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * What is sent is what its layout says.
 */
class TemplateTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
			# literals
			FFfe 00 | fffe00
			'Aé' | 41c3a9
			'\uD83D\uDE00' | f09f9880
			'\\n\\r\\t\\0\\'\\\\\\xfF' | 0a0d0900275cff
			00 '' 01 | 0001
			base64'aGk=' | 6869
			{} |
			# lengths
			u8[ 0102 ] | 020102
			u16[ 0102 ] | 00020102
			u24[ 01 ] | 00000101
			u32[ 01 ] | 0000000101
			u64[ 01 ] | 000000000000000101
			u16le[ 01 ] | 010001
			u32le[] | 00000000
			u16+2[ 01 ] | 000301
			u16-1[ 01 ] | 000001
			ber[ 01 ] | 0101
			varint[ 01 ] | 0101
			u8[ 01 u8[ 02 ] ber[] ] | 0401010200
			[ 01 [ 02 ] ] | 0102
			# sizes
			00 {size:u16} 00 | 00000400
			{size-2:u16le} 0000 | 02000000
			{size+1:u8} | 02
			u8[ {size:u8} ] 00 | 010300
			# settings
			{text} | 6162
			{number:u8} {number:i16le} | 0c0c00
			{number:u64} | 000000000000000c
			{negative:i8} | fb
			{hex:hex} | 0aff
			{base:base64} | 6869
			{text:reversed} | 6261
			{v4:ipv4} | c0000201
			{v6:ipv6} | 20010db8000000000000000000000001
			# padding
			01 {:pad 3} | 010000
			010203 {:pad 2} | 010203
			01 {:pad number} | 010000000000000000000000
			u8[ 01 {:pad 2} ] | 020100
			01 {:align 4} 02 | 0100000002
			01020304 {:align 4} | 01020304
			00 u8[ 01 {:align 2} ] | 00020100
			# checksums
			0001 F203 F4F5 F6F7 {:inet} | 0001f203f4f5f6f7220d
			'123456789' {:crc32} | 313233343536373839cbf43926
			'123456789' {:crc32c} | 313233343536373839e3069283
			'123456789' {:crc32^5354554e} | 31323334353637383998a06c68
			01 02 {:sum8} | 0102fd
			01 02 {:sum8^ff} | 010202
			0001 {:inet^ffff} | 00010001
			FF [ 01 {:sum8} ] | ff01ff
			# checksums with a key, of a request that FreeRADIUS took and of its answer
			0C2A0026 000102030405060708090A0B0C0D0E0F 5012 {:hmac-md5 key} | 0c2a0026000102030405060708090a0b0c0d0e0f50126013b514302f8ebc772fa55b2a44debd
			022A0014 {:md5 counted key} | 022a0014b7021c538b0fe2e565c5ae0de07ee65e
			[ {:hmac-md5 empty} ] 00 | d8f0eda7a00192091ad8fefa501753ae00
			FF [ 'a' u8[ '123456789' {:crc32} ] ] | ff610d313233343536373839cbf43926
			""")
	void itIsWritten(String layout, String hex) {
		assertThat(written(layout)).isEqualTo((hex != null) ? hex : "");
	}

	@Test
	void linesMayEndWithComments() {
		assertThat(written("00 # one\n\t01\r\n# {two\n02")).isEqualTo("000102");
	}

	/** 0x81 and 0x82 (X.690 8.1.3.5), and two and four bytes of RFC 9000 16. */
	@ParameterizedTest
	@CsvSource({"ber,127,7f", "ber,128,8180", "ber,255,81ff", "ber,256,820100", "varint,63,3f", "varint,64,4040",
			"varint,16383,7fff", "varint,16384,80004000"})
	void aLengthTakesAsManyBytesAsItNeeds(String type, int length, String hex) {
		assertThat(written("%s[ {:pad %d} ]".formatted(type, length))).isEqualTo(hex + "00".repeat(length));
	}

	/** A checksum is of what another one, or the size of the whole, has written by then. */
	@ParameterizedTest
	@CsvSource(delimiter = '|', value = {"{:inet} {size:u16}|{:inet} 0004", "[ {:inet} 01 ] {:sum8}|FEFF 01 02",
			"{:inet} [ 01 {:sum8} ]|{:inet} 01FF", "[ {:inet} {size:u16} ] {:sum8}|FFFA 0005 02"})
	void whatDependsOnOthersIsWrittenLast(String layout, String same) {
		assertThat(written(layout)).isEqualTo(written(same));
	}

	@Test
	void whatIsFreshIsKnownAfterwardsAndNotTwiceTheSame() {
		Map<String, byte[]> known = new HashMap<>();
		Template template = TemplateParser.parse(
				"{id:random 8} {name:letters 40} {at:unix-millis digits} {id:reversed}",
				Layouts.Names.of(known.keySet()));
		byte[] first = template.write(known);
		assertThat(known.keySet()).containsExactlyInAnyOrder("id", "name", "at").isEqualTo(template.fresh());
		assertThat(new String(known.get("name"), StandardCharsets.US_ASCII)).matches("[a-z0-5]{40}");
		assertThat(new String(known.get("at"), StandardCharsets.US_ASCII)).matches("[0-9]{13}");
		assertThat(first[0]).isEqualTo(first[first.length - 1]);
		assertThat(template.write(new HashMap<>())).isNotEqualTo(first);
	}

	@ParameterizedTest
	@CsvSource({"ntp-time,8", "ntp-seconds,4", "unix-time,4", "unix-millis,8"})
	void timesHaveTheirLength(String clock, int length) {
		assertThat(written("{:%s}".formatted(clock))).hasSize(2 * length).doesNotStartWith("000000000000");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"', value = {
			"[ {:pad 65507} ] [ {:pad 65507} ] [ {:pad 65507} ]||the datagram would be longer than any may be",
			"u8[ {:pad 256} ]||a part is 256 bytes long, and its length takes at most 255",
			"{text:u8}|text|'ab' is not a whole number",
			"{number:ipv4}|number|'12' is not an IPv4 address", "{v6:ipv4}|v6|'2001:db8::1' is not an IPv4 address",
			"{port4:ipv4}|port4|'192.0.2.1:68' is not an IPv4 address",
			"{negative:u8}|negative|-5 is outside 0 to 255", "{large:u8}|large|300 is outside 0 to 255",
			"{v4:hex}|v4|'192.0.2.1' is not hexadecimal digits, two for each byte",
			"{v4:base64}|v4|'192.0.2.1' is not Base64 (RFC 4648 4)", "{:pad text}|text|'ab' is not a whole number"})
	void whatCannotBeWrittenIsABadSetting(String layout, @Nullable String setting, String message) {
		assertThatThrownBy(() -> written(layout)).isInstanceOfSatisfying(BadSettingException.class,
				(ex) -> assertThat(ex.setting()).isEqualTo(Objects.requireNonNullElse(setting, "")))
				.hasMessage(message);
	}

	@ParameterizedTest
	@ValueSource(strings = {"ber", "varint"})
	void aLengthIsAtMostThatOfADatagram(String type) {
		assertThatThrownBy(() -> written("%s[ [ {:pad 65507} ] [ {:pad 100} ] ]".formatted(type)))
				.isInstanceOf(BadSettingException.class)
				.hasMessage("a part is 65,607 bytes long, and its length takes at most 65,535");
	}

	private static String written(String layout) {
		Map<String, byte[]> known = new HashMap<>();
		Map.of("text", "ab", "number", "12", "negative", "-5", "large", "300", "hex", "0aFF", "base", "aGk=", "v4",
				"192.0.2.1", "v6", "2001:db8::1", "key", "testing123")
				.forEach((name, value) -> known.put(name, Layouts.utf8(value)));
		known.put("empty", new byte[0]);
		known.put("counted", HexFormat.of().parseHex("000102030405060708090a0b0c0d0e0f"));
		known.put("port4", Layouts.utf8("192.0.2.1:68"));
		return HexFormat.of()
				.formatHex(
						TemplateParser.parse(layout, Layouts.Names.of(known.keySet())).write(known));
	}

}
