package dev.udpprobe.module;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.udpprobe.exchange.Dialogue;

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
	void bytesThatHaveItAreNotShown(String send) {
		ModuleRequest request = secret("send", send, "settings.key", "c0ffee00").request(Map.of(), Map.of(), null);
		byte[] sent = request.message("", Dialogues.LOCAL);
		assertThat(request.masked(sent)).hasSameSizeAs(sent).containsOnly('*');
		assertThat(sent).isNotEqualTo(request.masked(sent));
		assertThat(request.masked(new byte[]{1, 2})).containsExactly(1, 2);
	}

	/** Where the layout expects it, the values beside it are shown, as far as none is a checksum of it. */
	@ParameterizedTest
	@CsvSource(delimiter = ';', quoteCharacter = '"', textBlock = """
			'a' {key} {n:u8} {t:text}; 33; b!
			'a' ... {key} {n:u8} {t:text}; 33; b!
			{:bytes 7} {n:u8} {t:text} & ... {key} ...; 33; b!
			{:bytes 6} {n:u8} {t:text} & ... {key} ...; ***; !b!
			{:bytes 7} {n:u8} {t:text}; ***; ***
			'a' ( 'x' {key} | 'c' {key} | {:bytes 6} ) {n:u8} {t:text}; ***; ***
			'a' {key} {n:u8} {t:text} & ( ... {:crc32} | ... ); ***; ***
			""")
	void valuesBesideIt(String answer, String number, String text) {
		Judgement judged = Dialogues.judged(secret("send", "00", "answer", answer),
				HexFormat.of().formatHex(Layouts.utf8("a" + SECRET + "!b!")));
		assertThat(judged.fields().values()).extracting(Sentence::text).containsExactly(number, text);
	}

	/** Of a value that is cut, or converted, too. */
	@ParameterizedTest
	@CsvSource(delimiter = '|', value = {"{t:text}", "{t:bytes}", "{a:bytes 509} {t:text 6} {:bytes}",
			"{:bytes 510} {t:u16} {:bytes}",
			"{:bytes 512} {t:ipv4} {:bytes}", "/(?s)(?P<t>.*)/", "{:bytes 512} {t:unix-time} {:bytes}",
			"{:bytes 512} {t:bits 3} {:bits 5} {:bytes}", "*( {t:bytes 1} )"})
	void noPartOfItIsToldOfAnAnswer(String answer) {
		Judgement judged = Dialogues.judged(secret("send", "00", "answer", answer),
				HexFormat.of().formatHex(Layouts.utf8("-".repeat(509) + SECRET + "-".repeat(9))));
		assertThat(judged.fields().values()).extracting(Sentence::text).allMatch((told) -> told.matches("[*, ]+"));
		assertThat(judged.sentence()).doesNotContain("c0").doesNotContain("ee").doesNotContain("-");
	}

	/** By its letters, one after the other. */
	@ParameterizedTest
	@ValueSource(strings = {"", "l", "login: ", "login: c", "login: c0", "login: c0ffee!", "c0ffee", "fe"})
	void whatARequestSaysIsNotComparedWithIt(String prompt) {
		ProbeModule module = secret("send", "'login: ' {key}", "answer", "... {prompt} ...", "settings.prompt", "");
		ModuleDialogue dialogue = module.request(Map.of(), Map.of("prompt", prompt), null)
				.dialogue("test:7", Duration.ofSeconds(1), UnaryOperator.identity());
		var _ = dialogue.first(Dialogues.LOCAL);
		assertThat(Dialogues.received(dialogue, HexFormat.of().formatHex(Layouts.utf8("login: " + SECRET))))
				.matches((step) -> (step == Dialogue.As.STRAY) != "login: ".contains(prompt));
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

	@Test
	void aCodecTakesNoSecret() {
		assertThatThrownBy(
				() -> Specs.of("codec", "dns", "settings.name", "a", "settings.name.secret", "true").module())
				.isInstanceOf(ModuleException.class)
				.hasMessage("a codec writes it in a form of its own, which could not be hidden");
	}

	/** It would be told by its bytes, or by how many there are. */
	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
			send             | {key:u8}          | 6
			send             | { key:i32le}      | 7
			send             | "{ # it is\n key:u8}" | 6
			send             | {:pad key}        | 7
			answer           | {key:u8}          | 6
			answer           | {n:u16^0000+key}  | 12
			follow-up.when   | {key:u8}          | 6
			follow-up.send   | {:pad key}        | 7
			""")
	void aSecretIsNoNumber(String layout, String text, int character) {
		assertThatThrownBy(() -> secret("send", "00", "answer", "{:u8}", "follow-up.send", "00", "follow-up.when", "00",
				layout, text))
				.isInstanceOfSatisfying(ModuleException.class, (ex) -> assertThat(ex.key()).isEqualTo(layout))
				.hasMessageContaining("character %d, ".formatted(character))
				.hasMessageEndingWith(LayoutParser.NO_SECRET);
	}

	@Test
	void itsNameMayStandInATextOrAPattern() {
		assertThat(secret("send", "'user+key=' {key}", "answer", "/[0-9]+key/").name()).isEqualTo("test");
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
