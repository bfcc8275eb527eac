package dev.udpprobe.exchange;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

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

}
