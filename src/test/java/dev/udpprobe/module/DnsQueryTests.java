package dev.udpprobe.module;

import java.io.IOException;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class DnsQueryTests {

	/** The octets are written by hand, from RFC 1035 4.1, RFC 6891 6.1.2, RFC 5001 2.1 and RFC 3225 3. */
	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			name=. type=NS size=0                  | 0100 0001 0000 0000 0000 00 0002 0001
			name=. type=NS size=0 recursion=false  | 0000 0001 0000 0000 0000 00 0002 0001
			name=a.bc type=65 size=0               | 0100 0001 0000 0000 0000 0161 026263 00 0041 0001
			name=a.bc. type=aaaa class=ch size=0   | 0100 0001 0000 0000 0000 0161 026263 00 001C 0003
			name=. type=TYPE65280 class=CLASS4     | 0100 0001 0000 0000 0001 00 FF00 0004 00 0029 04D0 00000000 0000
			name=. dnssec=true size=65535          | 0100 0001 0000 0000 0001 00 0001 0001 00 0029 FFFF 00008000 0000
			name=. nsid=true size=512              | 0100 0001 0000 0000 0001 00 0001 0001 00 0029 0200 00000000 0004 0003 0000
			""")
	void asksAsTheSettingsSay(String settings, String octets) {
		byte[] query = DnsSamples.message(settings.split("[ =]")).next();
		assertThat(HexFormat.of().withUpperCase().formatHex(query).substring(4)).isEqualTo(octets.replace(" ", ""));
	}

	@Test
	void otherReadersUnderstandIt() throws IOException {
		Message query = new Message(DnsSamples.message("nsid", "true", "dnssec", "true").next());
		assertThat(query.getQuestion()).hasToString("www.example.test.	0	IN	A");
		assertThat(query.getHeader().getFlag(Flags.RD)).isTrue();
		assertThat(query.getOPT().getPayloadSize()).isEqualTo(1232);
		assertThat(query.getOPT().getOptions(EDNSOption.Code.NSID)).hasSize(1);
	}

	@Test
	void idsAreFresh() {
		Codec.Message message = DnsSamples.message();
		assertThat(IntStream.range(0, 1000).mapToObj((_) -> HexFormat.of().formatHex(message.next(), 0, 2)).distinct())
				.hasSizeGreaterThan(950);
	}

	@ParameterizedTest
	@ValueSource(strings = {"", "@", "a..b", ".a", "a b", "bücher.example", "\\", "a\\25", "a\\256.b", "a\n"})
	void refusesWhatIsNoDomainName(String name) {
		refuses("name", name, "'" + name + "' is not a domain name; it takes ASCII characters, 1 to 63 in a label, "
				+ "such as www.example.org, or . for the root");
	}

	@Test
	void refusesLongNames() {
		String longest = "%1$s.%1$s.%1$s.%2$s".formatted("a".repeat(63), "a".repeat(61));
		assertThat(DnsSamples.message("name", longest, "size", "0").next()).hasSize(12 + 255 + 4);
		assertThat(DnsSamples.message("name", longest + ".", "size", "0").next()).hasSize(12 + 255 + 4);
		refuses("name", longest + "a", "a domain name has at most 253 characters, not 254");
		String label = "a".repeat(64);
		refuses("name", label, "'" + label + "' is not a domain name; it takes ASCII characters, 1 to 63 in a label, "
				+ "such as www.example.org, or . for the root");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
			type      | FOO       | 'FOO' is not a record type; it takes for example A, AAAA, SOA, TYPE65
			type      | TYPE65536 | 'TYPE65536' is not a record type; it takes for example A, AAAA, SOA, TYPE65
			type      | -1        | '-1' is not a record type; it takes for example A, AAAA, SOA, TYPE65
			class     | INET      | 'INET' is not a class; it takes for example IN, CH, HS, CLASS4
			size      | 511       | '511' is not a size; it takes 512 to 65535 bytes, or 0 for no EDNS
			size      | 65536     | '65536' is not a size; it takes 512 to 65535 bytes, or 0 for no EDNS
			size      | big       | 'big' is not a size; it takes 512 to 65535 bytes, or 0 for no EDNS
			nsid      | yes       | 'yes' is neither true nor false
			dnssec    | TRUE      | 'TRUE' is neither true nor false
			recursion | 1         | '1' is neither true nor false
			""")
	void refusesOtherValues(String setting, String value, String message) {
		refuses(setting, value, message);
	}

	@Test
	void ednsIsNeeded() {
		refuses("size", "0", "it is 0, so there is no EDNS, which nsid=true needs", "nsid", "true");
		refuses("size", "0", "it is 0, so there is no EDNS, which dnssec=true needs", "dnssec", "true");
	}

	@Test
	void allSettingsAreNeeded() {
		assertThatExceptionOfType(BadSettingException.class).isThrownBy(() -> new DnsCodec().message(Map.of()))
				.withMessage("it has no value");
	}

	private static void refuses(String setting, String value, String message, String... more) {
		String[] changed = new String[2 + more.length];
		changed[0] = setting;
		changed[1] = value;
		System.arraycopy(more, 0, changed, 2, more.length);
		assertThatExceptionOfType(BadSettingException.class).isThrownBy(() -> DnsSamples.message(changed))
				.withMessage(message)
				.satisfies((ex) -> assertThat(ex.setting()).isEqualTo(setting));
	}

}
