package dev.udpprobe.module;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.function.UnaryOperator;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import dev.udpprobe.exchange.Dialogue;
import dev.udpprobe.outcome.Outcome;
import dev.udpprobe.outcome.RoundTrip;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is nearly the answer is none.
 */
class NearAnswersTests {

	/**
	 * What a datagram is taken for.
	 */
	private enum Taken {

		STRAY, BAD, GOOD

	}

	/**
	 * One exchange, and the request that it began with.
	 */
	@SuppressWarnings("ArrayRecordComponent")
	private record Asked(ModuleDialogue dialogue, byte[] request) {

		static Asked of(Sample sample) {
			ModuleDialogue dialogue = sample.request()
					.dialogue("127.0.0.1:" + sample.port(), Duration.ofMinutes(1), UnaryOperator.identity());
			return new Asked(dialogue,
					dialogue.first(new InetSocketAddress(InetAddress.getLoopbackAddress(), 50_000)).payload());
		}

		Taken taken(byte[] datagram) {
			if (this.dialogue.received(ByteBuffer.wrap(datagram)) == Dialogue.As.STRAY) {
				return Taken.STRAY;
			}
			Outcome replied = new Outcome.Replied(datagram, RoundTrip.jvm(1));
			return this.dialogue.judge(replied, true).pass() ? Taken.GOOD : Taken.BAD;
		}

	}

	@ParameterizedTest
	@EnumSource
	void theTrueAnswerIsGood(Sample sample) {
		Asked asked = Asked.of(sample);
		assertThat(asked.taken(sample.answer(asked.request()))).isEqualTo(Taken.GOOD);
	}

	@ParameterizedTest
	@EnumSource
	void eachBitOfAnIdCounts(Sample sample) {
		Asked asked = Asked.of(sample);
		byte[] answer = sample.answer(asked.request());
		for (byte[] id : sample.ids(asked.request())) {
			int from = indexOf(answer, id);
			for (int bit = 0; bit < Byte.SIZE * id.length; bit++) {
				byte[] other = answer.clone();
				other[from + bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
				assertThat(asked.taken(other)).as("bit %d of the id at %d", bit, from).isEqualTo(Taken.STRAY);
			}
		}
	}

	private static int indexOf(byte[] answer, byte[] id) {
		for (int at = 0; at + id.length <= answer.length; at++) {
			if (Arrays.equals(answer, at, at + id.length, id, 0, id.length)) {
				return at;
			}
		}
		throw new AssertionError("The answer lacks the id.");
	}

	@ParameterizedTest
	@EnumSource
	void theAnswerToAnEarlierRequestIsNone(Sample sample) {
		byte[] earlier = sample.answer(Asked.of(sample).request());
		// TFTP has nothing but ports to tell answers by.
		assertThat(Asked.of(sample).taken(earlier)).isEqualTo((sample == Sample.TFTP) ? Taken.GOOD : Taken.STRAY);
	}

	@ParameterizedTest
	@EnumSource
	void theRequestItselfIsNoAnswer(Sample sample) {
		Asked asked = Asked.of(sample);
		assertThat(asked.taken(asked.request())).isEqualTo((sample == Sample.ECHO) ? Taken.GOOD : Taken.STRAY);
	}

	/** What is taken for the rest of it, where it is cut: RFC 1350 5 has a zero byte at the end of the text of an error. */
	private static final Map<Sample, Integer> SHORTEST = Map.of(Sample.TFTP, 4);

	@ParameterizedTest
	@EnumSource
	void aPartOfTheAnswerIsNotGood(Sample sample) {
		Asked asked = Asked.of(sample);
		byte[] answer = sample.answer(asked.request());
		int shortest = SHORTEST.getOrDefault(sample, answer.length);
		for (int length = 0; length < answer.length; length++) {
			Taken taken = asked.taken(Arrays.copyOf(answer, length));
			if (length < shortest) {
				assertThat(taken).as("%d of %d bytes", length, answer.length).isNotEqualTo(Taken.GOOD);
			}
			else {
				assertThat(taken).isEqualTo(Taken.GOOD);
			}
		}
	}

	/** Behind NTP's header may stand extensions, behind a header of SIP its body, and an echo server's answer has any size. */
	@ParameterizedTest
	@CsvSource({"DNS,BAD", "NTP,GOOD", "SNMP,STRAY", "SNMP_V2C,STRAY", "SIP,GOOD", "STUN,STRAY", "QUIC,STRAY",
			"MEMCACHED,STRAY", "TFTP,STRAY", "ECHO,GOOD"})
	void rubbishBehindIt(Sample sample, Taken taken) {
		Asked asked = Asked.of(sample);
		byte[] answer = sample.answer(asked.request());
		for (int more : new int[]{1, 2, 3, 5, 1001}) {
			byte[] longer = Arrays.copyOf(answer, answer.length + more);
			Arrays.fill(longer, answer.length, longer.length, (byte) 0xA5);
			assertThat(asked.taken(longer)).as("%d more", more).isEqualTo(taken);
		}
	}

}
