package dev.udpprobe.module;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.xbill.DNS.Message;
import org.xbill.DNS.NSIDOption;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Section;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Answers that are nearly true ones make no decoder throw, and what it tells of them is short.
 */
@Execution(ExecutionMode.CONCURRENT)
class DecoderFuzzTests {

	private static final int COUNT = Boolean.parseBoolean(System.getenv("UDP_PROBE_REQUIRE_TOOLS"))
			? 1_000_000
			: 5_000;

	/** A list has at most 32 items. */
	private static final int LONGEST_ITEM = 512;

	private static final int MOST_ITEMS = 32;

	/**
	 * One decoder.
	 *
	 * @param answers true ones, which it understands
	 * @param others what comes as well, and is no answer
	 * @param decode gives null for a stray
	 */
	@SuppressWarnings("ArrayRecordComponent")
	record Row(String name, byte[][] answers, byte[][] others,
			Function<ByteBuffer, @Nullable Map<String, FieldValue>> decode) {

		static Row of(Sample sample) {
			Said said = sample.ask();
			byte[] before = sample.before(said.datagram());
			return new Row(sample.module(), new byte[][]{sample.bytes(said.datagram())},
					(before != null) ? new byte[][]{before} : new byte[0][], (datagram) -> {
						byte[] bytes = Match.bytes(datagram);
						Said more = said.followUp(bytes);
						return ((more != null) ? more : said).answer(bytes);
					});
		}

		@Override
		public String toString() {
			return this.name;
		}

	}

	static Stream<Row> rows() {
		Codec.Message dns = DnsSamples.message();
		byte[] query = dns.next();
		Message large = DnsSamples.answer(query, "www.example.test. 60 IN CNAME a.example.test.",
				"a.example.test. 60 IN MX 10 mail.a.example.test.", "a.example.test. 60 IN TXT \"v=spf1\" \"\\200\"",
				"a.example.test. 60 IN NSEC b.example.test. A MX TXT TYPE65280",
				"a.example.test. 60 IN SRV 1 2 3 b.example.test.",
				"a.example.test. 60 IN HTTPS 1 . alpn=h2,h3 port=8443 ipv4hint=192.0.2.7 key667=a",
				"a.example.test. 60 IN NAPTR 1 2 \"u\" \"E2U+sip\" \"!^.*$!sip:a@b.test!\" .",
				"a.test. 60 IN APL 1:192.0.2.0/24",
				"a.test. 60 IN DS 1 8 1 " + "01".repeat(20),
				"a.test. 60 IN LOC 52 22 23.000 N 4 53 32.000 E -2.00m 0.00m 10000m 10m",
				"a.test. 60 IN CAA 0 issue \"ca.test\"", "a.test. 60 IN HIP 2 1234 ABCD b.test.",
				"a.test. 60 IN TYPE65280 \\# 2 C00C");
		large.addRecord(DnsSamples.record("example.test. 60 IN SOA ns.example.test. a.example.test. 1 2 3 4 5"),
				Section.AUTHORITY);
		large.addRecord(new OPTRecord(1232, 1, 0, 0, new NSIDOption(new byte[]{'n', 's'})), Section.ADDITIONAL);
		byte[][] answers = {DnsSamples.answer(query, "www.example.test. 60 IN A 192.0.2.7").toWire(), large.toWire()};
		return Stream.concat(
				Stream.of(
						new Row("dns", answers, new byte[0][], (datagram) -> dns.answer(query, Match.bytes(datagram)))),
				Sample.all().stream().filter((sample) -> !sample.module().equals("dns")).map(Row::of));
	}

	@ParameterizedTest
	@MethodSource("rows")
	void nothingIsThrownAndLittleIsTold(Row row, TestReporter reporter) {
		for (byte[] answer : row.answers()) {
			assertThat(row.decode().apply(ByteBuffer.wrap(answer))).isNotNull().doesNotContainKey("malformed");
		}
		long seed = System.nanoTime();
		Mutations mutations = new Mutations(seed,
				Stream.of(row.answers(), row.others()).flatMap(Stream::of).toArray(byte[][]::new));
		long start = System.nanoTime();
		for (int i = 0; i < COUNT; i++) {
			byte[] mutation = mutations.next();
			try {
				Map<String, FieldValue> fields = row.decode().apply(ByteBuffer.wrap(mutation));
				if (fields != null && !fields.values().stream().allMatch(DecoderFuzzTests::isShort)) {
					throw new AssertionError("A field is long: " + fields);
				}
			}
			catch (RuntimeException | StackOverflowError | AssertionError error) {
				throw new AssertionError(
						"mutation %d of seed %d: %s".formatted(i, seed, HexFormat.of().formatHex(mutation)),
						error);
			}
		}
		reporter.publishEntry(row.name(),
				"%,d mutations in %d ms".formatted(COUNT, (System.nanoTime() - start) / 1_000_000));
	}

	private static boolean isShort(FieldValue value) {
		return switch (value) {
			case FieldValue.Number _,FieldValue.Time _ -> true;
			case FieldValue.Code code -> code.name().length() <= LONGEST_ITEM;
			case FieldValue.Text text -> text.value().length() <= LONGEST_ITEM;
			case FieldValue.Bytes bytes -> bytes.value().length <= LONGEST_ITEM;
			case FieldValue.Texts texts -> texts.values().size() <= MOST_ITEMS
					&& texts.values().stream().allMatch((text) -> text.length() <= LONGEST_ITEM);
		};
	}

}
