package dev.udpprobe.module;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * What a request may say to a module, and that nothing shows what is secret.
 */
class ModuleRequestTests {

	private static final String SECRET = "c0ffee";

	@Test
	void aSecretIsTheConfigurationsAlone() {
		ProbeModule module = secret("send", "{key}");
		assertThat(sent(module.request(Map.of("key", "other"), Map.of(), null))).isEqualTo("other");
		assertThatThrownBy(() -> module.request(Map.of(), Map.of("key", "mine"), null))
				.isInstanceOfSatisfying(BadSettingException.class, (ex) -> assertThat(ex.setting()).isEqualTo("key"))
				.hasMessage("it is a secret, which the configuration alone may give");
		assertThat(module.value(module.settings().getFirst())).isNull();
		assertThat(module.request(Map.of(), Map.of(), null)).asString().isEqualTo("test[key]");
	}

	@Test
	void aSecretMessageIsTheConfigurationsAlone() {
		ProbeModule module = Specs.of("send", "{message}", "settings.message", "x", "settings.message.secret", "true")
				.module();
		assertThatThrownBy(() -> module.request(Map.of(), Map.of(), new byte[1]))
				.isInstanceOf(BadSettingException.class)
				.hasMessageStartingWith("it is a secret");
	}

	/** As it is, and as the datagram has it. */
	@ParameterizedTest
	@ValueSource(strings = {"{key}", "{key:hex}", "{key:base64}", "{key:reversed}", "'a' u8[ {key} ] {key} 'b'"})
	void bytesAreShownWithoutIt(String send) {
		ModuleRequest request = secret("send", send, "settings.key", "c0ffee00").request(Map.of(), Map.of(), null);
		byte[] sent = request.message("", Dialogues.LOCAL);
		byte[] masked = request.masked(sent);
		assertThat(masked).hasSameSizeAs(sent).contains('*', '*', '*', '*');
		assertThat(new String(masked, StandardCharsets.ISO_8859_1).replaceAll("[ab*\\x08]", "")).isEmpty();
		assertThat(sent).isNotEqualTo(masked);
	}

	/** By a checksum, a secret is guessed. */
	@ParameterizedTest
	@ValueSource(strings = {"'a' {key} {:crc32}", "{:inet} {key}", "{key} {:sum8}",
			"'a' u8[{key} {:crc32c^FFFFFFFF}]"})
	void bytesWithAChecksumOfItAreNotShownAtAll(String send) {
		ModuleRequest request = secret("send", send, "answer", "{:bytes}").request(Map.of(), Map.of(), null);
		byte[] sent = request.message("", Dialogues.LOCAL);
		assertThat(request.masked(sent)).hasSameSizeAs(sent).containsOnly('*');
		assertThat(request.masked(new byte[]{1, 2})).containsExactly(1, 2);
	}

	@Test
	void aTextWithAChecksumOfItIsNotShownAtAll() {
		Judgement judged = Dialogues.judged(secret("send", "{key} {:crc32}", "answer", "{t:text}"),
				HexFormat.of().formatHex(Layouts.utf8(SECRET + "!")));
		assertThat(judged.fields()).containsEntry("t", new FieldValue.Text("***"));
	}

	/** A peer may send it back, and a condition may compare with it. */
	@ParameterizedTest
	@CsvSource(delimiter = '|', value = {"{t:text}|t is {key}", "{t:text}|t is not {key}", "{t:bytes}|t is absent",
			"{t:bytes}|t is absent else 'it is {t}'", "/(?P<t>.*)/|datagram is [00]", "*( {t:bytes 3} )|t is x"})
	void whatIsToldOfAnAnswerIsWithoutIt(String answer, String pass) {
		for (String came : new String[]{SECRET, "other!"}) {
			ModuleDialogue dialogue = Dialogues.begun(secret("send", "00", "answer", answer, "pass", pass), Map.of());
			var _ = Dialogues.received(dialogue, HexFormat.of().formatHex(Layouts.utf8(came)));
			Judgement judged = dialogue.judge(Dialogues.replied(), true);
			assertThat(judged.reason() + judged.sentence()
					+ judged.fields().values().stream().map(Sentence::text).toList())
					.doesNotContain(SECRET)
					.doesNotContain(HexFormat.of().formatHex(Layouts.utf8(SECRET)));
			assertThat(judged.pass()).isEqualTo(pass.equals(came.equals(SECRET) ? "t is {key}" : "t is not {key}"));
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = {"{key:ipv4}|text", "00|1..5"})
	void whatCannotBeSentIsToldWithoutIt(String send, String takes) {
		ProbeModule module = Specs.of("send", send, "settings.key.takes", takes, "settings.key.secret", "true")
				.module();
		assertThatThrownBy(() -> module.request(Map.of("key", SECRET), Map.of(), null))
				.isInstanceOfSatisfying(BadSettingException.class, (ex) -> assertThat(ex.setting()).isEqualTo("key"))
				.message()
				.startsWith("the configured value ")
				.doesNotContain(SECRET);
		assertThatThrownBy(() -> Specs.of("send", "00", "settings.key", SECRET, "settings.key.takes", "1..5",
				"settings.key.secret", "true").module()).isInstanceOf(ModuleException.class)
				.message()
				.doesNotContain(SECRET);
	}

	@Test
	void aMessageIsForModulesThatSendIt() {
		ProbeModule none = Specs.of("send", "00", "settings.a", "").module();
		assertThat(sent(none.request(Map.of(), Map.of(), new byte[0]))).isEqualTo("\0");
		assertThatThrownBy(() -> none.request(Map.of(), Map.of(), new byte[1])).isInstanceOf(BadSettingException.class)
				.hasMessage("the module test takes none; the module any sends a message as it is");
		ProbeModule any = Specs.of("send", "'<' {message} '>'", "settings.message.about", "").module();
		assertThat(sent(any.request(Map.of(), Map.of(), new byte[0]))).isEqualTo("<>");
		assertThat(any.request(Map.of(), Map.of(), new byte[]{-1}).message("", Dialogues.LOCAL)).containsExactly('<',
				-1, '>');
		assertThatThrownBy(() -> any.request(Map.of(), Map.of(), null)).isInstanceOf(BadSettingException.class)
				.hasMessage("it is missing; the module test takes text");
	}

	@Test
	void aMessageIsCheckedAndComparedAsOtherSettingsAre() {
		ProbeModule module = Specs.of("send", "{message}", "settings.message", "a", "settings.message.takes", "a, b",
				"answer", "{t:text}", "pass", "t is {message}").module();
		assertThatThrownBy(() -> module.request(Map.of(), Map.of(), Layouts.utf8("c")))
				.isInstanceOf(BadSettingException.class)
				.hasMessage("'c' is not a, b");
		ModuleDialogue dialogue = module.request(Map.of(), Map.of(), Layouts.utf8("b"))
				.dialogue("", Duration.ofSeconds(1), (bytes) -> bytes);
		var _ = dialogue.first(Dialogues.LOCAL);
		var _ = Dialogues.received(dialogue, "62");
		assertThat(dialogue.judge(Dialogues.replied(), true).pass()).isTrue();
	}

	@Test
	void whoeverAsksSaysMoreThanTheTargetAndThatMoreThanTheModule() {
		ProbeModule module = Specs
				.of("send", "{a} {b} {c}", "settings.a", "1", "settings.b", "1", "settings.c", "0", "with.c",
						"1")
				.module();
		assertThat(sent(module.request(Map.of("a", "2", "b", "2"), Map.of("a", "3"), null))).isEqualTo("321");
		assertThatThrownBy(() -> module.request(Map.of(), Map.of("d", ""), null))
				.hasMessage("the module test has no such setting; it has a, b, c");
	}

	private static ProbeModule secret(String... keysAndValues) {
		String[] all = Stream.concat(Stream.of("settings.key", SECRET, "settings.key.secret", "true"),
				Stream.of(keysAndValues)).toArray(String[]::new);
		return Specs.of(all).module();
	}

	private static String sent(ModuleRequest request) {
		return new String(request.message("", Dialogues.LOCAL), StandardCharsets.ISO_8859_1);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = {"answer|{key:u8}", "answer|{n:u16^0000+key}", "follow-up.when|{key:u8}"})
	void norIsItInAnAnswer(String layout, String text) {
		assertThatThrownBy(() -> secret("send", "00", "answer", "{:u8}", "follow-up.send", "00", "follow-up.when", "00",
				layout, text)).isInstanceOfSatisfying(ModuleException.class,
						(ex) -> assertThat(ex.key()).isEqualTo(layout));
	}

	@Test
	void aCodecTakesNoSecret() {
		assertThatThrownBy(
				() -> Specs.of("codec", "dns", "settings.name", "a", "settings.name.secret", "true").module())
				.isInstanceOf(ModuleException.class)
				.hasMessage("a codec writes it in a form of its own, which could not be hidden");
	}

	/** It would be told by its bytes, or by how many there are. */
	@ParameterizedTest
	@ValueSource(strings = {"{key:u8}", "{ key:i32le}", "{:pad key}"})
	void aSecretIsNoNumber(String send) {
		assertThatThrownBy(() -> secret("send", send)).isInstanceOf(ModuleException.class)
				.hasMessage("a secret is not a number, a length or what is XORed, which could not be hidden");
	}

	@Test
	void whatIsAskedOftenIsMadeOnce() {
		ProbeModule module = Specs.of("send", "{a}", "settings.a.value", "1").module();
		assertThat(module.request(Map.of(), Map.of("a", "2"), null))
				.isSameAs(module.request(Map.of(), Map.of("a", "2"), null))
				.isNotSameAs(module.request(Map.of("a", "2"), Map.of(), null));
		for (int i = 0; i < 1_000; i++) {
			String value = Integer.toString(i);
			assertThat(module.request(Map.of(), Map.of("a", value), null).message("", Dialogues.LOCAL))
					.asString(StandardCharsets.US_ASCII).isEqualTo(value);
		}
	}

}
