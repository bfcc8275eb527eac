package dev.udpprobe.server;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.udpprobe.echo.EchoFixture;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a quotation proves.
 */
class SentRepliesTests {

	private static final byte[] LONG = new byte[1_000];

	static {
		new Random(1).nextBytes(LONG);
	}

	private final SentReplies sent = new SentReplies();

	private Refusal refusal(byte[] quoted, boolean ipv6) {
		return this.sent.refusal(ByteBuffer.wrap(quoted), ipv6);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
			# quoted         | IPv4     | IPv6
			  Hi, hello      | PROVEN   | PROVEN
			  "Hi, hello   " | PROVEN   | PROVEN
			  Hi, hell       | UNPROVEN | NONE
			  "Hi, "         | UNPROVEN | NONE
			  ""             | UNPROVEN | NONE
			  Hi, hullo      | NONE     | NONE
			  hello          | NONE     | NONE
			""")
	void aShortReplyMustBeQuotedWhole(String quoted, Refusal ipv4, Refusal ipv6) {
		this.sent.add(ByteBuffer.wrap(EchoFixture.bytes("Hi, hello")));
		assertThat(refusal(EchoFixture.bytes(quoted), false)).isEqualTo(ipv4);
		assertThat(refusal(EchoFixture.bytes(quoted), true)).isEqualTo(ipv6);
	}

	@ParameterizedTest
	@CsvSource({"0, UNPROVEN, NONE", "63, UNPROVEN, NONE", "64, PROVEN, PROVEN", "1000, PROVEN, PROVEN"})
	void of64BytesOrMoreAsManyMustBe(int quoted, Refusal ipv4, Refusal ipv6) {
		this.sent.add(ByteBuffer.wrap(LONG));
		assertThat(refusal(Arrays.copyOf(LONG, quoted), false)).isEqualTo(ipv4);
		assertThat(refusal(Arrays.copyOf(LONG, quoted), true)).isEqualTo(ipv6);
	}

	@Test
	void theGreetingAloneIsAReplyOnlyWhereItWasOne() {
		this.sent.add(ByteBuffer.wrap(EchoFixture.bytes("Hi, hello")));
		this.sent.add(ByteBuffer.wrap(EchoFixture.bytes("Hi, ")));
		assertThat(refusal(EchoFixture.bytes("Hi, "), false)).isEqualTo(Refusal.PROVEN);
	}

	@Test
	void whatHasNoByteProvesNothing() {
		assertThat(refusal(new byte[0], false)).isEqualTo(Refusal.NONE);
		this.sent.add(ByteBuffer.allocate(0));
		assertThat(refusal(new byte[0], false)).isEqualTo(Refusal.UNPROVEN);
		assertThat(refusal(new byte[0], true)).isEqualTo(Refusal.UNPROVEN);
	}

	@Test
	void knowsTheLast64() {
		for (int i = 0; i < 200; i++) {
			this.sent.add(ByteBuffer.wrap(EchoFixture.bytes("reply %03d".formatted(i))));
		}
		for (int i = 0; i < 200; i++) {
			assertThat(refusal(EchoFixture.bytes("reply %03d".formatted(i)), false)).as("reply %d", i)
					.isEqualTo((i < 136) ? Refusal.NONE : Refusal.PROVEN);
		}
	}

}
