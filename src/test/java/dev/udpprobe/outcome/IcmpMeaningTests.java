package dev.udpprobe.outcome;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class IcmpMeaningTests {

	/** RFC 792, RFC 1122 3.2.2.1 and RFC 1812 5.2.7.1. */
	private static final String ICMP = """
			3,  0,  NETWORK_UNREACHABLE,         DESTINATION_UNREACHABLE
			3,  1,  HOST_UNREACHABLE,            DESTINATION_UNREACHABLE
			3,  2,  PROTOCOL_UNREACHABLE,        DESTINATION_UNREACHABLE
			3,  3,  PORT_UNREACHABLE,            DESTINATION_UNREACHABLE
			3,  4,  PACKET_TOO_BIG,              PACKET_TOO_BIG
			3,  5,  SOURCE_ROUTE_FAILED,         DESTINATION_UNREACHABLE
			3,  6,  NETWORK_UNKNOWN,             DESTINATION_UNREACHABLE
			3,  7,  HOST_UNKNOWN,                DESTINATION_UNREACHABLE
			3,  8,  SOURCE_HOST_ISOLATED,        DESTINATION_UNREACHABLE
			3,  9,  NETWORK_PROHIBITED,          DESTINATION_UNREACHABLE
			3,  10, HOST_PROHIBITED,             DESTINATION_UNREACHABLE
			3,  11, NETWORK_UNREACHABLE_FOR_TOS, DESTINATION_UNREACHABLE
			3,  12, HOST_UNREACHABLE_FOR_TOS,    DESTINATION_UNREACHABLE
			3,  13, FILTERED,                    DESTINATION_UNREACHABLE
			3,  14, PRECEDENCE_VIOLATION,        DESTINATION_UNREACHABLE
			3,  15, PRECEDENCE_TOO_LOW,          DESTINATION_UNREACHABLE
			11, 0,  TTL_EXCEEDED,                TIME_EXCEEDED
			11, 1,  REASSEMBLY_TIMED_OUT,        TIME_EXCEEDED
			12, 0,  PARAMETER_PROBLEM,           PARAMETER_PROBLEM
			12, 1,  PARAMETER_PROBLEM,           PARAMETER_PROBLEM
			12, 2,  PARAMETER_PROBLEM,           PARAMETER_PROBLEM
			""";

	/** RFC 4443, and the code 7 of RFC 6550. */
	private static final String ICMPV6 = """
			1, 0,   NETWORK_UNREACHABLE,  DESTINATION_UNREACHABLE
			1, 1,   FILTERED,             DESTINATION_UNREACHABLE
			1, 2,   BEYOND_SCOPE,         DESTINATION_UNREACHABLE
			1, 3,   HOST_UNREACHABLE,     DESTINATION_UNREACHABLE
			1, 4,   PORT_UNREACHABLE,     DESTINATION_UNREACHABLE
			1, 5,   SOURCE_POLICY_FAILED, DESTINATION_UNREACHABLE
			1, 6,   ROUTE_REJECTED,       DESTINATION_UNREACHABLE
			1, 7,   SOURCE_ROUTE_FAILED,  DESTINATION_UNREACHABLE
			2, 0,   PACKET_TOO_BIG,       PACKET_TOO_BIG
			2, 1,   PACKET_TOO_BIG,       PACKET_TOO_BIG
			2, 255, PACKET_TOO_BIG,       PACKET_TOO_BIG
			3, 0,   TTL_EXCEEDED,         TIME_EXCEEDED
			3, 1,   REASSEMBLY_TIMED_OUT, TIME_EXCEEDED
			4, 0,   PARAMETER_PROBLEM,    PARAMETER_PROBLEM
			4, 1,   PARAMETER_PROBLEM,    PARAMETER_PROBLEM
			4, 2,   PARAMETER_PROBLEM,    PARAMETER_PROBLEM
			""";

	@ParameterizedTest
	@CsvSource(textBlock = ICMP)
	void isOfTheTablesOfIcmp(int type, int code, IcmpMeaning meaning, IcmpMeaning.Kind kind) {
		assertThat(IcmpMeaning.of(false, type, code)).isEqualTo(meaning);
		assertThat(meaning.kind()).isEqualTo(kind);
	}

	@ParameterizedTest
	@CsvSource(textBlock = ICMPV6)
	void isOfTheTablesOfIcmpv6(int type, int code, IcmpMeaning meaning, IcmpMeaning.Kind kind) {
		assertThat(IcmpMeaning.of(true, type, code)).isEqualTo(meaning);
		assertThat(meaning.kind()).isEqualTo(kind);
	}

	@Test
	void everyMeaningIsInATable() {
		assertThat(EnumSet.allOf(IcmpMeaning.class)).allMatch((meaning) -> meaning == IcmpMeaning.OTHER
				|| ICMP.contains(meaning.name()) || ICMPV6.contains(meaning.name()));
	}

	/** No code of a parameter problem counts, and of ICMPv6 none of packet too big (RFC 4443 3.2). */
	@Test
	void everyOtherCodeIsOther() {
		assertThat(others(false, ICMP, 12)).containsOnly(IcmpMeaning.OTHER);
		assertThat(others(true, ICMPV6, 2, 4)).containsOnly(IcmpMeaning.OTHER);
		assertThat(IcmpMeaning.OTHER.kind()).isEqualTo(IcmpMeaning.Kind.OTHER);
	}

	private static Set<IcmpMeaning> others(boolean ipv6, String table, int... typesOfAnyCode) {
		Set<String> known = new HashSet<>();
		table.lines().map((line) -> line.split(",\\s*", -1)).forEach((row) -> known.add(row[0] + "," + row[1]));
		Set<IcmpMeaning> meanings = EnumSet.noneOf(IcmpMeaning.class);
		for (int type = 0; type < 256; type++) {
			for (int code = 0; code < 256; code++) {
				int current = type;
				if (!known.contains(type + "," + code)
						&& Arrays.stream(typesOfAnyCode).noneMatch((any) -> any == current)) {
					meanings.add(IcmpMeaning.of(ipv6, type, code));
				}
			}
		}
		return meanings;
	}

	@Test
	void labelsAreWordsAndUnique() {
		assertThat(Stream.of(IcmpMeaning.values()).map(IcmpMeaning::label)).doesNotHaveDuplicates()
				.allMatch((label) -> label.matches("[a-z]+(-[a-z]+)*"));
		assertThat(Stream.of(IcmpMeaning.Kind.values()).map(IcmpMeaning.Kind::label)).doesNotHaveDuplicates()
				.allMatch((label) -> label.matches("[a-z]+(-[a-z]+)*"));
		assertThat(IcmpMeaning.NETWORK_UNREACHABLE_FOR_TOS.label()).isEqualTo("network-unreachable-for-tos");
	}

}
