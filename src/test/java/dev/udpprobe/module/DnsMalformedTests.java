package dev.udpprobe.module;

import java.util.HexFormat;
import java.util.List;
import java.util.SequencedMap;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Answers to the right question, with something wrong behind it. The first record begins at octet 34, which is 22.
 */
class DnsMalformedTests {

	private static final String GOOD = "C00C 0001 0001 0000003C 0004 C0000207 ";

	private final byte[] request = DnsSamples.message().next();

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			1 | C00C 0001 0001 0000003C 0004 C00002   | record 1 of the answer section is cut off
			2 | C00C 0001 0001 0000003C 0004 C0000207 | record 2 of the answer section is cut off
			1 | C00C 0001 0001 0000003C 0003 C00002   | record 1 of the answer section has other data than type A has
			1 | C00C 0001 0001 0000003C 0005 C000020709 | record 1 of the answer section has other data than type A has
			1 | C022 0001 0001 0000003C 0004 C0000207 | record 1 of the answer section has a name that is compressed in a circle
			1 | C1FF 0001 0001 0000003C 0004 C0000207 | record 1 of the answer section has a name that is compressed in a circle
			1 | 0161C022 0001 0001 0000003C 0004 C0000207 | record 1 of the answer section has a name that is compressed in a circle
			1 | 4161 0001 0001 0000003C 0004 C0000207 | record 1 of the answer section has a name with a label of an unknown kind
			1 | 3F61 0001 0001 0000003C 0004 C0000207 | record 1 of the answer section is cut off
			1 | C00C 0005 0001 0000003C 0002 C02E     | record 1 of the answer section has a name that is compressed in a circle
			1 | C00C 0005 0001 0000003C 0001 C00C     | record 1 of the answer section has data that ends early
			1 | C00C 0001 0001 0000003C 0000          | record 1 of the answer section has other data than type A has
			1 | C00C 0010 0001 0000003C 0003 036161    | record 1 of the answer section has data that ends early
			1 | C00C 000F 0001 0000003C 0001 00       | record 1 of the answer section has data that ends early
			1 | C00C 000F 0001 0000003C 0005 0001C00C00 | record 1 of the answer section has other data than type MX has
			1 | C00C 0006 0001 0000003C 0002 0000     | record 1 of the answer section has other data than type SOA has
			""")
	void saysWhatIsWrong(int answers, String octets, String malformed) {
		SequencedMap<String, FieldValue> fields = read(answers, 0, 0, 0, octets);
		assertThat(fields).containsEntry("malformed", new FieldValue.Text(malformed))
				.containsEntry("rcode", new FieldValue.Code(0, "NOERROR"))
				.containsEntry("answers", new FieldValue.Number(answers))
				.doesNotContainKeys("answer", "ttl");
	}

	@Test
	void tellsWhatStandsBeforeIt() {
		assertThat(read(1, 1, 0, 0, GOOD + "C00C 0006 0001 0000003C 0002 0000"))
				.containsEntry("answer", new FieldValue.Texts(List.of("www.example.test. 60 IN A 192.0.2.7")))
				.containsEntry("ttl", new FieldValue.Number(60))
				.containsEntry("malformed",
						new FieldValue.Text("record 1 of the authority section has data that ends early"));
		assertThat(read(0, 0, 1, 0, "00 0029 04D0 00000000 0005 0003 0002 61"))
				.containsEntry("malformed",
						new FieldValue.Text("record 1 of the additional section has data that ends early"));
	}

	@Test
	void namesEnd() {
		String label = "3F" + "61".repeat(63);
		String fields = "0001 0001 0000003C 0004 C0000207";
		assertThat(read(1, 0, 0, 0, label.repeat(4) + "00" + fields)).containsEntry("malformed",
				new FieldValue.Text("record 1 of the answer section has a name of more than 255 octets"));
		assertThat(read(1, 0, 0, 0, label.repeat(3) + "3D" + "61".repeat(61) + "00" + fields))
				.doesNotContainKey("malformed");
		// 192 octets, and then those of the question.
		assertThat(read(1, 0, 0, 0, label.repeat(3) + "2D" + "61".repeat(45) + "C00C" + fields)).containsEntry(
				"malformed",
				new FieldValue.Text("record 1 of the answer section has a name of more than 255 octets"));
		assertThat(read(1, 0, 0, 0, label.repeat(3) + "2C" + "61".repeat(44) + "C00C" + fields))
				.doesNotContainKey("malformed");
	}

	/** Each pointer leads to the one before. */
	@ParameterizedTest
	@CsvSource({"125, false", "126, true"})
	void pointersAreCounted(int more, boolean malformed) {
		StringBuilder chain = new StringBuilder("00 000A 0001 0000003C %04X C00C".formatted(2 * more));
		for (int i = 0; i < more - 1; i++) {
			chain.append("%04X".formatted(0xC000 + 34 + 11 + 2 * i));
		}
		chain.append("%04X 0001 0001 0000003C 0004 C0000207".formatted(0xC000 + 34 + 11 + 2 * (more - 1)));
		assertThat(read(2, 0, 0, 0, chain.toString()).containsKey("malformed")).isEqualTo(malformed);
	}

	/** RFC 2181 9. */
	@Test
	void truncatedAnswersMayEndAnywhere() {
		String whole = (GOOD + GOOD).replace(" ", "");
		for (int end = 0; end < whole.length(); end += 2) {
			SequencedMap<String, FieldValue> fields = read(2, 0, 0, 2, whole.substring(0, end));
			assertThat(fields).containsEntry("truncated", new FieldValue.Number(1)).doesNotContainKey("malformed");
			assertThat(fields.containsKey("ttl")).isEqualTo(end >= 32);
		}
		assertThat(read(1, 0, 0, 2, "C022 0001 0001 0000003C 0004 C0000207")).containsKey("malformed");
	}

	private SequencedMap<String, FieldValue> read(int answers, int authority, int additional, int flags,
			String octets) {
		byte[] more = HexFormat.of().parseHex(octets.replace(" ", ""));
		byte[] question = DnsSamples.answer(this.request).toWire();
		byte[] answer = new byte[question.length + more.length];
		System.arraycopy(question, 0, answer, 0, question.length);
		System.arraycopy(more, 0, answer, question.length, more.length);
		answer[2] |= (byte) flags;
		answer[7] = (byte) answers;
		answer[9] = (byte) authority;
		answer[11] = (byte) additional;
		return DnsSamples.fields(this.request, answer);
	}

}
