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
		assertThat(Quotation.of(bytes(payload), ByteBuffer.wrap(bytes(quoted)))).isTrue();
	}

	@ParameterizedTest
	@CsvSource({"hello,world", "hello,hellO", "hello,x", "hello,hellx.....", "hello,ello"})
	void isOfNoOtherPayload(String payload, String quoted) {
		assertThat(Quotation.of(bytes(payload), ByteBuffer.wrap(bytes(quoted)))).isFalse();
	}

	@Test
	void isWhatRemainsOfTheBufferWhichIsNotMoved() {
		ByteBuffer quoted = ByteBuffer.wrap(bytes("..hello")).position(2);
		assertThat(Quotation.of(bytes("hello"), quoted)).isTrue();
		assertThat(Quotation.of(bytes("..hello"), quoted)).isFalse();
		assertThat(quoted.position()).isEqualTo(2);
		assertThat(quoted.limit()).isEqualTo(7);
	}

	@ParameterizedTest
	@CsvSource({"hello,hello", "hello,'Hi, hello'", "hello,hello!", "hello,<hello>", "hello,hehello", "'',''",
			"'',any"})
	void findsThePayloadAnywhereInAReply(String payload, String reply) {
		assertThat(Quotation.within(bytes(payload), bytes(reply))).isTrue();
	}

	@ParameterizedTest
	@CsvSource({"hello,''", "hello,hell", "hello,ello", "hello,'hell o'", "hello,HELLO"})
	void findsNoOtherPayloadInAReply(String payload, String reply) {
		assertThat(Quotation.within(bytes(payload), bytes(reply))).isFalse();
	}

}
