package dev.udpprobe.module;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.ExtendedFlags;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.NSIDOption;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;

import static org.assertj.core.api.Assertions.assertThat;

class DnsCodecTests {

	private static final String SOA = "example.test. 900 IN SOA ns.example.test. admin.example.test. 4294967295 2 3 4 5";

	private final byte[] request = DnsSamples.message().next();

	@Test
	void tellsWhatAnAnswerSays() {
		Message answer = answer("www.example.test. 300 IN CNAME a.example.test.", "a.example.test. 60 IN A 192.0.2.7");
		answer.getHeader().setFlag(Flags.AA);
		answer.getHeader().setFlag(Flags.AD);
		answer.addRecord(DnsSamples.record(SOA), Section.AUTHORITY);
		answer.addRecord(new OPTRecord(1232, 0, 0, ExtendedFlags.DO,
				new NSIDOption("ns1.example".getBytes(StandardCharsets.US_ASCII))), Section.ADDITIONAL);
		assertThat(read(answer).toString())
				.isEqualTo("{rcode=Code[value=0, name=NOERROR], authoritative=Number[value=1], "
						+ "truncated=Number[value=0], recursionDesired=Number[value=1], recursionAvailable=Number[value=1], "
						+ "authenticated=Number[value=1], answers=Number[value=2], authority=Number[value=1], "
						+ "additional=Number[value=1], answer=Texts[values=[www.example.test. 300 IN CNAME a.example.test., "
						+ "a.example.test. 60 IN A 192.0.2.7]], serial=Number[value=4294967295], nsid=Text[value=ns1.example], "
						+ "ttl=Number[value=60]}");
	}

	@Test
	void leavesOutWhatAnAnswerDoesNotSay() {
		assertThat(read(answer())).containsEntry("answer", new FieldValue.Texts(List.of()))
				.doesNotContainKeys("serial", "nsid", "ttl", "malformed");
	}

	/** As dnsjava reads them, but for HIP and AAAA. */
	@ParameterizedTest
	@ValueSource(strings = {SOA, "a.test. 0 IN AAAA 2001:db8::1", "a.test. 2147483647 IN MX 10 mail.a.test.",
			"_sip.test. 5 IN SRV 1 2 5060 a.test.", "a.test. 5 IN TXT \"a \\\"b\\\" \\000\\255\" \"c\"",
			"version.bind. 0 CH TXT \"9.18\"", "a.test. 5 IN HTTPS 1 . alpn=h2,h3 port=8443",
			"a.test. 5 IN TYPE65400 \\# 2 C0FF",
			"a\\.b\\007.test. 5 IN CAA 0 issue \"ca.test\"", "a.test. 5 IN NSEC b.test. A AAAA RRSIG NSEC",
			"1.test. 5 IN PTR a.test.", "a.test. 5 IN NAPTR 1 2 \"u\" \"E2U+sip\" \"!^.*$!sip:a@b.test!\" .",
			"a.test. 5 IN PX 1 b.test. c.test.", "a.test. 5 IN RP b.test. .", ". 5 IN DNAME test."})
	void writesRecordsAsZoneFilesDo(String record) {
		assertThat(records(answer(record))).containsExactly(record);
	}

	@Test
	void writesHexadecimalDigitsOfOtherRecords() {
		assertThat(records(answer("a.test. 5 IN HIP 2 1234 ABCD b.test.")).getFirst())
				.startsWith("a.test. 5 IN HIP \\# 17 0202");
		assertThat(records(answer("a.test. 5 IN TYPE65400 \\# 1000 " + "C0".repeat(1000))).getFirst())
				.startsWith("a.test. 5 IN TYPE65400 \\# 1000 C0C0").hasSize(512).endsWith("C0...");
	}

	@Test
	void cutsLongRecords() {
		assertThat(records(answer("a.test. 5 IN TXT \"%1$s\" \"%1$s\" \"%1$s\"".formatted("x".repeat(200)))).getFirst())
				.startsWith("a.test. 5 IN TXT \"xx").hasSize(512).endsWith("xx...");
	}

	@Test
	void tellsFewRecordsOfMany() {
		Message answer = answer(IntStream.range(0, 100)
				.mapToObj((i) -> "www.example.test. %d IN A 192.0.2.%d".formatted(1000 - i, i)).toArray(String[]::new));
		assertThat(read(answer)).containsEntry("answers", new FieldValue.Number(100))
				.containsEntry("ttl", new FieldValue.Number(901));
		assertThat(records(answer)).hasSize(32).endsWith("www.example.test. 969 IN A 192.0.2.31");
	}

	/** RFC 2181 8. */
	@Test
	void ttlWithTheUppermostBitIsZero() {
		byte[] answer = answer("www.example.test. 1 IN A 192.0.2.7").toWire();
		answer[answer.length - 10] = (byte) 0x80;
		assertThat(DnsSamples.fields(this.request, answer)).containsEntry("ttl", new FieldValue.Number(0))
				.containsEntry("answer", new FieldValue.Texts(List.of("www.example.test. 0 IN A 192.0.2.7")));
	}

	@ParameterizedTest
	@CsvSource({"0, NOERROR", "1, FORMERR", "2, SERVFAIL", "3, NXDOMAIN", "4, NOTIMP", "5, REFUSED", "9, NOTAUTH",
			"16, BADVERS", "23, BADCOOKIE", "3841, RESERVED3841"})
	void namesTheCode(int rcode, String name) {
		Message answer = answer();
		answer.getHeader().setRcode(rcode & 0xF);
		answer.addRecord(new OPTRecord(1232, rcode >> 4, 0), Section.ADDITIONAL);
		assertThat(read(answer)).containsEntry("rcode", new FieldValue.Code(rcode, name));
	}

	@Test
	void nsidThatIsNoTextIsHexadecimal() {
		Message answer = answer();
		answer.addRecord(new OPTRecord(1232, 0, 0, 0, new NSIDOption(new byte[]{'n', 's', (byte) 0xC3, 10})),
				Section.ADDITIONAL);
		assertThat(read(answer)).containsEntry("nsid", new FieldValue.Text("6e73c30a"));
	}

	@Test
	void errorsNeedNoQuestion() {
		Message answer = answer();
		answer.removeAllRecords(Section.QUESTION);
		answer.getHeader().setRcode(Rcode.FORMERR);
		assertThat(read(answer)).containsEntry("rcode", new FieldValue.Code(1, "FORMERR"))
				.doesNotContainKey("malformed");
		answer.getHeader().setRcode(Rcode.NOERROR);
		assertThat(DnsSamples.read(this.request, answer.toWire())).isNull();
		answer.addRecord(new OPTRecord(1232, 1, 0), Section.ADDITIONAL);
		assertThat(read(answer)).containsEntry("rcode", new FieldValue.Code(16, "BADVERS"));
	}

	@Test
	void caseOfTheNameDoesNotMatter() {
		byte[] answer = answer().toWire();
		byte[] name = "WWW.eXample.TEST".toUpperCase(Locale.ROOT).getBytes(StandardCharsets.US_ASCII);
		for (int i = 0; i < name.length; i++) {
			answer[13 + i] = (name[i] == '.') ? answer[13 + i] : name[i];
		}
		assertThat(DnsSamples.read(this.request, answer)).isNotNull();
	}

	static Stream<Consumer<byte[]>> strays() {
		return Stream.of((answer) -> answer[0]++, (answer) -> answer[1]++, (answer) -> answer[2] &= 0x7F,
				(answer) -> answer[2] |= 0x08, (answer) -> answer[2] |= 0x40, (answer) -> answer[4]++,
				(answer) -> answer[5]++,
				(answer) -> answer[5] = 0, (answer) -> answer[12]++, (answer) -> answer[13]++,
				(answer) -> answer[13] = '7',
				(answer) -> answer[30]++, (answer) -> answer[31]++, (answer) -> answer[33]++);
	}

	@ParameterizedTest
	@MethodSource("strays")
	void otherIdsAndQuestionsAreStrays(Consumer<byte[]> change) {
		byte[] answer = answer("www.example.test. 1 IN A 192.0.2.7").toWire();
		assertThat(DnsSamples.read(this.request, answer)).isNotNull();
		change.accept(answer);
		assertThat(DnsSamples.read(this.request, answer)).isNull();
	}

	@Test
	void questionItselfIsNoAnswer() {
		assertThat(DnsSamples.read(this.request, this.request)).isNull();
	}

	@Test
	void readsFromThePositionToTheLimit() {
		byte[] answer = answer().toWire();
		ByteBuffer datagram = ByteBuffer.allocateDirect(answer.length + 7).put(3, answer).position(3)
				.limit(3 + answer.length)
				.asReadOnlyBuffer();
		assertThat(DnsSamples.message().answer(this.request, Match.bytes(datagram))).isEqualTo(read(answer()));
		assertThat(datagram.position()).isEqualTo(3);
		assertThat(datagram.limit()).isEqualTo(3 + answer.length);
	}

	private Message answer(String... records) {
		return DnsSamples.answer(this.request, records);
	}

	private SequencedMap<String, FieldValue> read(Message answer) {
		return DnsSamples.fields(this.request, answer.toWire());
	}

	private List<String> records(Message answer) {
		return (read(answer).get("answer") instanceof FieldValue.Texts(List<String> records)) ? records : List.of();
	}

}
