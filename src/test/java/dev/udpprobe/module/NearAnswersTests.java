package dev.udpprobe.module;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.UnaryOperator;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import dev.udpprobe.exchange.Dialogue;
import dev.udpprobe.module.Sample.Taken;
import dev.udpprobe.outcome.Outcome;
import dev.udpprobe.outcome.RoundTrip;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is nearly the answer is none.
 */
class NearAnswersTests {

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
	@MethodSource("dev.udpprobe.module.Sample#all")
	void theTrueAnswerIsGood(Sample sample) {
		Asked asked = Asked.of(sample);
		assertThat(asked.taken(sample.bytes(asked.request()))).isEqualTo(Taken.GOOD);
	}

	@ParameterizedTest
	@MethodSource("dev.udpprobe.module.Sample#all")
	void eachBitOfAnIdCounts(Sample sample) {
		Asked asked = Asked.of(sample);
		Sample.Answer answer = sample.answer(asked.request());
		for (Sample.Place id : answer.ids()) {
			for (int bit = Byte.SIZE * id.from(); bit < Byte.SIZE * id.to(); bit++) {
				byte[] other = answer.bytes().clone();
				other[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
				assertThat(asked.taken(other)).as("bit %d", bit).isEqualTo(Taken.STRAY);
			}
		}
	}

	@ParameterizedTest
	@MethodSource("dev.udpprobe.module.Sample#all")
	void theAnswerToAnEarlierRequestIsNone(Sample sample) {
		Asked asked = Asked.of(sample);
		Sample.Answer earlier = sample.earlier(asked.request());
		// Some protocols have nothing but ports to tell answers by.
		assertThat(asked.taken(earlier.bytes())).isEqualTo(earlier.ids().isEmpty() ? Taken.GOOD : Taken.STRAY);
	}

	@ParameterizedTest
	@MethodSource("dev.udpprobe.module.Sample#all")
	void theRequestItselfIsNoAnswer(Sample sample) {
		Asked asked = Asked.of(sample);
		assertThat(asked.taken(asked.request())).isEqualTo(sample.isEcho() ? Taken.GOOD : Taken.STRAY);
	}

	@ParameterizedTest
	@MethodSource("dev.udpprobe.module.Sample#all")
	void aPartOfTheAnswerIsNotGood(Sample sample) {
		Asked asked = Asked.of(sample);
		Sample.Answer answer = sample.answer(asked.request());
		for (int length = 0; length < answer.bytes().length; length++) {
			Taken taken = asked.taken(Arrays.copyOf(answer.bytes(), length));
			assertThat(taken == Taken.GOOD).as("%d bytes: %s", length, taken).isEqualTo(length >= answer.whole());
		}
	}

	@ParameterizedTest
	@MethodSource("dev.udpprobe.module.Sample#all")
	void rubbishBehindIt(Sample sample) {
		Asked asked = Asked.of(sample);
		byte[] answer = sample.bytes(asked.request());
		for (int more : new int[]{1, 2, 3, 5, 1001}) {
			byte[] longer = Arrays.copyOf(answer, answer.length + more);
			Arrays.fill(longer, answer.length, longer.length, (byte) 0xA5);
			assertThat(asked.taken(longer)).as("%d more", more).isEqualTo(sample.behind());
		}
	}

}
