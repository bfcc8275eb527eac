package dev.udpprobe.module;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.udpprobe.exchange.Dialogue.Answer;
import dev.udpprobe.exchange.Dialogue.As;
import dev.udpprobe.exchange.Dialogue.Send;
import dev.udpprobe.net.Addresses;
import dev.udpprobe.outcome.Outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * What a module says and hears: tries, follow-ups, answers to any of them.
 */
class ModuleDialogueTests {

	private static final Duration LONG = Duration.ofSeconds(1);

	@Test
	void aTryFollowsUntilTheTriesAreUsedUp() {
		ModuleDialogue dialogue = dialogue(LONG, "send", "{try} {id:random 8}", "tries", "100 200 300");
		Send first = dialogue.first(Dialogues.LOCAL);
		Send second = Objects.requireNonNull(dialogue.silent());
		Send third = Objects.requireNonNull(dialogue.silent());
		assertThat(first.timeout()).isEqualTo(Duration.ofMillis(100));
		assertThat(second.timeout()).isEqualTo(Duration.ofMillis(200));
		// Until the end of all, whatever its own wait is.
		assertThat(third.timeout()).isBetween(Duration.ofMillis(500), LONG);
		assertThat(first.payload()).startsWith('1').hasSize(9);
		assertThat(second.payload()).startsWith('2');
		assertThat(third.payload()).startsWith('3');
		assertThat(dialogue.silent()).isNull();
	}

	@ParameterizedTest
	@CsvSource({"50,100 200,50", "100,100 200,100", "101,100 200,100", "700,100,700"})
	void theTotalTimeComesFirst(long total, String tries, long first) {
		ModuleDialogue dialogue = dialogue(Duration.ofMillis(total), "send", "00", "tries", tries);
		assertThat(dialogue.first(Dialogues.LOCAL).timeout()).isEqualTo(Duration.ofMillis(first));
	}

	@Test
	void nothingIsSentWhenTheTimeIsOver() {
		ModuleDialogue dialogue = dialogue(Duration.ofNanos(1), "send", "00", "answer", "01", "tries", "1 1",
				"follow-up.when", "02", "follow-up.send", "03");
		var _ = dialogue.first(Dialogues.LOCAL);
		assertThat(dialogue.silent()).isNull();
		assertThat(Dialogues.received(dialogue, "02")).isEqualTo(As.STRAY);
	}

	@Test
	void withoutTriesThereIsOne() {
		ModuleDialogue dialogue = dialogue(LONG, "send", "00");
		assertThat(dialogue.first(Dialogues.LOCAL).timeout()).isEqualTo(LONG);
		assertThat(dialogue.silent()).isNull();
	}

	@Test
	void theSameIsSentAgain() {
		ModuleDialogue dialogue = dialogue(LONG, "send", "{id:random 8}", "answer", "{id}", "tries", "1 1", "again",
				"same");
		byte[] first = dialogue.first(Dialogues.LOCAL).payload();
		assertThat(Objects.requireNonNull(dialogue.silent()).payload()).isEqualTo(first);
		assertThat(dialogue.received(ByteBuffer.wrap(first))).isEqualTo(As.ANSWER);
	}

	@ParameterizedTest
	@ValueSource(ints = {0, 1, 2})
	void anAnswerIsToTheTryWhoseIdItHas(int which) {
		ModuleDialogue dialogue = dialogue(LONG, "send", "{id:random 8}", "answer", "{id}", "tries", "1 1 1");
		byte[][] sent = {dialogue.first(Dialogues.LOCAL).payload(), Objects.requireNonNull(dialogue.silent()).payload(),
				Objects.requireNonNull(dialogue.silent()).payload()};
		ByteBuffer datagram = ByteBuffer.wrap(sent[which]);
		assertThat(dialogue.received(ByteBuffer.wrap(new byte[8]))).isEqualTo(As.STRAY);
		assertThat(dialogue.received(datagram)).isEqualTo(new Answer(which));
		assertThat(datagram.position()).isZero();
		assertThat(dialogue.judge(Dialogues.replied(), true).pass()).isTrue();
	}

	@Test
	void aDatagramThatAsksForMoreGetsIt() {
		ModuleDialogue dialogue = dialogue(LONG, "send", "54 {id:random 2}", "follow-up.when", "41 {challenge:bytes 4}",
				"follow-up.send", "54 {id} {challenge:reversed} {fresh:random 1}", "answer", "49 {challenge} {fresh}",
				"tries",
				"100 900");
		byte[] first = dialogue.first(Dialogues.LOCAL).payload();
		Send more = (Send) Dialogues.received(dialogue, "41 01020304");
		assertThat(HexFormat.of().formatHex(more.payload()))
				.startsWith(HexFormat.of().formatHex(first) + "04030201")
				.hasSize(16);
		assertThat(more.timeout()).isEqualTo(Duration.ofMillis(100));
		assertThat(dialogue.followUps()).isEqualTo(1);
		Send again = Objects.requireNonNull(dialogue.silent());
		assertThat(Arrays.copyOf(again.payload(), 7)).isEqualTo(Arrays.copyOf(more.payload(), 7));
		assertThat(dialogue.followUps()).isEqualTo(1);
		byte[] answer = {0x49, 1, 2, 3, 4, more.payload()[7]};
		assertThat(dialogue.received(ByteBuffer.wrap(answer))).isIn(new Answer(1), new Answer(2));
	}

	/** Of what asks for more, only what the sentence has is told. */
	@Test
	void whatAsksForMoreIsToldWhereTheSentenceHasIt() {
		ModuleDialogue dialogue = dialogue(LONG, "send", "00", "follow-up.when", "41 {host:text 2} {challenge:u8}",
				"follow-up.send", "01 {challenge}", "answer", "{n:u8}", "says", "[{host}] {n:time,times}", "tries",
				"100");
		var _ = dialogue.first(Dialogues.LOCAL);
		assertThat(Dialogues.received(dialogue, "41 6869 07")).isInstanceOf(Send.class);
		assertThat(Dialogues.received(dialogue, "02")).isEqualTo(new Answer(1));
		Judgement judgement = dialogue.judge(Dialogues.replied(), true);
		assertThat(judgement.sentence()).isEqualTo("hi 2 times");
		assertThat(judgement.fields().keySet()).containsExactly("host", "n");
	}

	@Test
	void nobodyIsAskedForeverNorWithWhatCannotBeSent() {
		ModuleDialogue dialogue = dialogue(LONG, "send", "00", "follow-up.when", "{n:bytes}", "follow-up.send",
				"{n:u8}",
				"answer", "FFFF", "tries", "1");
		var _ = dialogue.first(Dialogues.LOCAL);
		// A number in digits is asked for, and others may send anything.
		for (String hostile : new String[]{"", "61", "393939", "2D31", "FF"}) {
			assertThat(Dialogues.received(dialogue, hostile)).isEqualTo(As.STRAY);
		}
		for (int i = 0; i < 3; i++) {
			assertThat(Dialogues.received(dialogue, "37")).isInstanceOfSatisfying(Send.class,
					(send) -> assertThat(send.payload()).containsExactly(7));
		}
		assertThat(Dialogues.received(dialogue, "37")).isEqualTo(As.STRAY);
		assertThat(dialogue.followUps()).isEqualTo(3);
	}

	@Test
	void whoHasAskedForMoreIsThere() {
		ModuleDialogue dialogue = dialogue(LONG, "send", "00", "follow-up.when", "01", "follow-up.send", "02",
				"answer", "03", "silence", "nobody is there", "tries", "100");
		var _ = dialogue.first(Dialogues.LOCAL);
		assertThat(dialogue.judge(new Outcome.TimedOut(), true).sentence()).isEqualTo("nobody is there");
		assertThat(Dialogues.received(dialogue, "01")).isInstanceOf(Send.class);
		assertThat(dialogue.judge(new Outcome.TimedOut(), true).sentence())
				.startsWith("the second datagram, which it has asked for, was lost");
	}

	/** A choice may leave out what the follow-up sends. */
	@Test
	void nobodyIsAskedWithWhatWasNotFound() {
		ModuleDialogue dialogue = dialogue(LONG, "send", "00", "follow-up.when", "( 01 {n:bytes 1} | 02 )",
				"follow-up.send", "03 {n}", "answer", "FF", "tries", "100");
		var _ = dialogue.first(Dialogues.LOCAL);
		assertThat(Dialogues.received(dialogue, "02")).isEqualTo(As.STRAY);
		assertThat(Dialogues.received(dialogue, "01 07")).isInstanceOf(Send.class);
	}

	@Test
	void everyDatagramIsSigned() {
		UnaryOperator<byte[]> signing = (bytes) -> Arrays.copyOf(bytes, bytes.length + 1);
		ModuleDialogue dialogue = module("send", "01", "follow-up.when", "02", "follow-up.send", "03", "answer", "04",
				"tries",
				"1 1").request(Map.of(), Map.of(), null).dialogue("", LONG, signing);
		assertThat(dialogue.first(Dialogues.LOCAL).payload()).containsExactly(1, 0);
		assertThat(Objects.requireNonNull(dialogue.silent()).payload()).containsExactly(1, 0);
		assertThat(((Send) Dialogues.received(dialogue, "02")).payload()).containsExactly(3, 0);
	}

	@ParameterizedTest
	@CsvSource({"replied,05,true", "replied,04,false", "silent,05,false"})
	void anAnswerIsJudgedByTheConditionsUnlessSilenceIsGood(String success, String answer, boolean pass) {
		ModuleDialogue dialogue = dialogue(LONG, "send", "01", "answer", "{n:u8}", "pass", "n is 5", "success", success,
				"silence", "nobody is there");
		var _ = dialogue.first(Dialogues.LOCAL);
		assertThat(Dialogues.received(dialogue, answer)).isEqualTo(new Answer(0));
		Judgement replied = dialogue.judge(Dialogues.replied(), true);
		assertThat(replied.pass()).isEqualTo(pass);
		assertThat(replied.sentence()).isEqualTo("n " + answer.charAt(1));
		Judgement silent = dialogue.judge(new Outcome.TimedOut(), true);
		assertThat(silent.pass()).isEqualTo(success.equals("silent"));
		assertThat(silent.sentence()).isEqualTo("nobody is there");
		Judgement notSent = dialogue.judge(new Outcome.NotSent("no route"), true);
		assertThat(notSent.pass()).isFalse();
		assertThat(notSent.sentence()).isEmpty();
	}

	@Test
	void aDatagramTellsFromWhereItLeavesAndWhereTo() {
		ModuleRequest request = module("send", "{target} ' ' {local} ' ' {try}").request(Map.of(), Map.of(), null);
		assertThat(request.message("example.test:53", new InetSocketAddress(Addresses.literal("::1").orElseThrow(), 7)))
				.asString()
				.isEqualTo("example.test:53 [::1]:7 1");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = {"{local:ipv4}|192.0.2.1|c0000201",
			"{local:ipv6}|2001:db8::1|20010db8000000000000000000000001"})
	void theAddressThatItLeavesFromIsToldWithoutItsPort(String send, String address, String hex) {
		ModuleRequest request = module("send", send).request(Map.of(), Map.of(), null);
		InetSocketAddress local = new InetSocketAddress(Addresses.literal(address).orElseThrow(), 68);
		assertThat(HexFormat.of().formatHex(request.message("x", local))).isEqualTo(hex);
	}

	@Test
	void anAddressOfTheOtherVersionIsNoSetting() {
		ModuleRequest request = module("send", "{local:ipv4}").request(Map.of(), Map.of(), null);
		InetSocketAddress local = new InetSocketAddress(Addresses.literal("::1").orElseThrow(), 7);
		assertThatThrownBy(() -> request.message("x", local)).isInstanceOfSatisfying(BadSettingException.class,
				(ex) -> assertThat(ex.setting()).isEmpty()).hasMessage("'::1' is not an IPv4 address");
	}

	private static ProbeModule module(String... keysAndValues) {
		return Specs.of(keysAndValues).module();
	}

	private static ModuleDialogue dialogue(Duration timeout, String... keysAndValues) {
		return module(keysAndValues).request(Map.of(), Map.of(), null).dialogue("", timeout, UnaryOperator.identity());
	}

}
