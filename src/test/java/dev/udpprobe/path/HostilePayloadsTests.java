package dev.udpprobe.path;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.udpprobe.auth.SharedKey;
import dev.udpprobe.auth.Signer;
import dev.udpprobe.exchange.Correlation;
import dev.udpprobe.path.SentPayloads.Sent;
import dev.udpprobe.testing.ExternalTool;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is not of this run finds none of its datagrams.
 */
class HostilePayloadsTests {

	private static final int LENGTH = 80;

	private static final Signer SIGNER = new Signer(SharedKey.of("a key of this test"));

	@BeforeEach
	void requireDetail() {
		ExternalTool.requireKernelDetail();
	}

	@Test
	void answersToAnotherRunTellNothing() throws Exception {
		Payloads payloads = new Payloads(null, null);
		Payloads other = new Payloads(null, null);
		Sent own = SentPayloads.of(payloads, LENGTH, 1).getFirst();
		for (Sent sent : SentPayloads.of(other, LENGTH, 50)) {
			assertThat(payloads.answered(ByteBuffer.wrap(sent.payload()))).isEqualTo(Correlation.OLDEST);
			ByteBuffer both = ByteBuffer.allocate(2 * LENGTH).put(sent.payload()).put(own.payload()).flip();
			assertThat(payloads.answered(both)).isEqualTo(own.key());
			assertThat(other.answered(both)).isEqualTo(sent.key());
		}
	}

	/** The flow itself compares what is quoted with what it sent, so a number alone does no harm. */
	@Test
	void hostileBytesThrowNothingAndNameNoneThatTheyDoNotHave() throws Exception {
		Random random = new Random(1);
		byte[] message = "message".getBytes(StandardCharsets.US_ASCII);
		List<Payloads> kinds = List.of(new Payloads(null, null), new Payloads(SIGNER, null),
				new Payloads(null, message), new Payloads(SIGNER, message), Payloads.behind(null, message));
		byte[] other = SentPayloads.of(new Payloads(null, null), LENGTH, 50).getLast().payload();
		for (int i = 0; i < 50_000; i++) {
			byte[] bytes = hostile(random, other);
			String text = new String(bytes, StandardCharsets.ISO_8859_1);
			for (Payloads payloads : kinds) {
				long key = payloads.answered(ByteBuffer.wrap(bytes));
				assertThat(key == Correlation.OLDEST || text.matches("(?s).*#0*" + key + " .*")).isTrue();
			}
			for (Payloads payloads : kinds.subList(0, 2)) {
				long key = payloads.quoted(ByteBuffer.wrap(bytes));
				assertThat(key == Correlation.OLDEST || key == Correlation.STRAY
						|| text.matches("(?s)#0*" + key + "\\D.*")).isTrue();
			}
			for (Payloads payloads : kinds.subList(2, 4)) {
				assertThat(payloads.quoted(ByteBuffer.wrap(bytes))).isEqualTo(Correlation.OLDEST);
			}
		}
	}

	/**
	 * @return random bytes, random pieces of a payload, or a payload with some bytes changed
	 */
	private static byte[] hostile(Random random, byte[] payload) {
		byte[] bytes = new byte[random.nextInt(200)];
		switch (random.nextInt(3)) {
			case 0 -> random.nextBytes(bytes);
			case 1 -> {
				for (int i = 0; i < bytes.length; i++) {
					bytes[i] = payload[random.nextInt(LENGTH / 2)];
				}
				if (bytes.length > 0) {
					bytes[0] = '#';
				}
			}
			default -> {
				int from = random.nextInt(4);
				bytes = Arrays.copyOfRange(payload, from, from + random.nextInt(LENGTH));
				for (int i = random.nextInt(3); i > 0 && bytes.length > 0; i--) {
					bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
				}
			}
		}
		return bytes;
	}

}
