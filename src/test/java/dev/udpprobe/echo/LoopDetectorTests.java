package dev.udpprobe.echo;

import java.nio.ByteBuffer;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class LoopDetectorTests {

	private static boolean isLoop(String greeting, String payload) {
		byte[] bytes = Arrivals.bytes(payload);
		ByteBuffer buffer = ByteBuffer.allocateDirect(7 + bytes.length).position(7).put(bytes).position(7);
		boolean loop = new LoopDetector(Arrivals.bytes(greeting)).isLoop(buffer);
		assertThat(buffer.position()).isEqualTo(7);
		return loop;
	}

	@ParameterizedTest
	@CsvSource({"'Hi, ',''", "'Hi, ','Hi, '", "'Hi, ',x", "'Hi, ','echo: '", "'Hi, ',Hi", "'Hello, ','Hello'",
			"aaab,aaa", "abab,''", "Grüße,größer", "'Hi, ','it is a quarter past four in the morning, and you said '"})
	void seesTheFourthTurn(String ours, String other) {
		String turn = other + ours;
		for (String began : new String[]{"", "x", "Hi, ", "a much longer payload than any of the greetings"}) {
			assertThat(isLoop(ours, turn.repeat(4) + began)).as(began).isTrue();
			assertThat(isLoop(ours, turn.repeat(5) + began)).as(began).isTrue();
			assertThat(isLoop(ours, turn.repeat(3) + began)).as("three turns, " + began)
					.isEqualTo((turn.repeat(3) + began).startsWith(turn.repeat(4)) || other.equals(ours));
		}
	}

	@ParameterizedTest
	@CsvSource({"64,true", "65,false"})
	void looksForAnotherGreetingOfAnOrdinaryLength(int length, boolean seen) {
		assertThat(isLoop("Hi, ", ("x".repeat(length) + "Hi, ").repeat(4))).isEqualTo(seen);
	}

	@ParameterizedTest
	@ValueSource(strings = {"", "Hi, ", "Hi, Hi, Hi, ", "Hi, Hi, Hi, Hi,", "Hi, Hi, Hi, hello", "xHi, yHi, xHi, yHi, ",
			"xHi, xHi, xHi, yHi, ", "xHi, xHi, yHi, xHi, ", "yHi, xHi, xHi, xHi, ", " Hi, Hi, Hi, hi, ",
			"hello Hi, Hi, Hi, "})
	void answersWhatOnlyLooksLikeIt(String payload) {
		assertThat(isLoop("Hi, ", payload)).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = {"", "x", "abc", "xxxx", "xxxxxxxx"})
	void aGreetingThatTellsNothingIsNoSign(String greeting) {
		assertThat(isLoop(greeting, greeting.repeat(100) + "x".repeat(100))).isFalse();
	}

	@Test
	void findsAGreetingOfTheGreatestLength() {
		String greeting = "0123456789abcdef".repeat(63) + "the end of it...";
		assertThat(isLoop(greeting, ("other" + greeting).repeat(4))).isTrue();
		assertThat(isLoop(greeting, ("other" + greeting).repeat(3))).isFalse();
	}

	@Test
	void noRandomPayloadIsALoop() {
		LoopDetector detector = new LoopDetector(Arrivals.bytes("Hi, "));
		Random random = new Random(7);
		for (int length = 0; length < 3_000; length++) {
			byte[] payload = new byte[length];
			random.nextBytes(payload);
			assertThat(detector.isLoop(ByteBuffer.wrap(payload))).isFalse();
		}
	}

}
