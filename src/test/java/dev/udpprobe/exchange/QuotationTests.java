package dev.udpprobe.exchange;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class QuotationTests {

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	@ParameterizedTest
	@CsvSource(textBlock = """
			hello, hello
			# no more than the UDP header, or some of the payload
			hello, ''
			hello, hel
			# with padding and extensions behind
			hello, hello...
			'',    ...
			'',    ''
			""")
	void isOfThePayloadThatBeginsLikeIt(String payload, String quoted) {
		assertThat(Quotation.of(bytes(payload), ByteBuffer.wrap(bytes(quoted)), false)).isTrue();
	}

	@ParameterizedTest
	@CsvSource({"hello,world", "hello,hellO", "hello,x", "hello,hellx.....", "hello,ello"})
	void isOfNoOtherPayload(String payload, String quoted) {
		assertThat(Quotation.of(bytes(payload), ByteBuffer.wrap(bytes(quoted)), false)).isFalse();
	}

	@Test
	void isWhatRemainsOfTheBufferWhichIsNotMoved() {
		ByteBuffer quoted = ByteBuffer.wrap(bytes("..hello")).position(2);
		assertThat(Quotation.of(bytes("hello"), quoted, false)).isTrue();
		assertThat(Quotation.of(bytes("..hello"), quoted, false)).isFalse();
		assertThat(quoted.position()).isEqualTo(2);
		assertThat(quoted.limit()).isEqualTo(7);
	}

	/** RFC 4443 2.4: as much as 1,280 bytes carry. */
	@ParameterizedTest
	@CsvSource({"5,5,true", "5,4,false", "5,0,false", "0,0,true", "64,64,true", "64,63,false", "1000,64,true",
			"1000,63,false", "1000,1000,true"})
	void isLongEnoughInIpv6(int payload, int quoted, boolean expected) {
		assertThat(Quotation.of(new byte[payload], ByteBuffer.allocate(quoted), true)).isEqualTo(expected);
	}

	/** What a router says behind 128 bytes of the packet: version 2, checksum, and an object of MPLS (RFC 4950). */
	@ParameterizedTest
	@CsvSource(delimiter = '|', value = {"2000c58900080101186a0103|true", "2000000000080101186a0103|true",
			"2000c58900080101186a010300|true", "2000c58a00080101186a0103|false", "1000d58900080101186a0103|false",
			"2001c58800080101186a0103|false", "20000000|false", "|false"})
	void extensionsAreNoPartOfIt(@Nullable String extensions, boolean expected) {
		byte[] behind = (extensions != null) ? HexFormat.of().parseHex(extensions) : new byte[0];
		for (boolean ipv6 : new boolean[]{false, true}) {
			int length = ipv6 ? 80 : 100;
			ByteBuffer quoted = ByteBuffer.allocate(length + 3 + behind.length).put(length + 3, behind).position(3);
			assertThat(Quotation.withoutExtensions(quoted, ipv6).remaining())
					.isEqualTo(expected ? length : length + behind.length);
			assertThat(Quotation.withoutExtensions(quoted.limit(length - 1), ipv6)).isSameAs(quoted);
		}
	}

}
