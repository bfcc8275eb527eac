package dev.udpprobe.module;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.udpprobe.exchange.Dialogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * That nothing shows what is secret, and nothing finds it out.
 */
class SecretsTests {

	private static final String SECRET = "c0ffee";

	@Test
	void aSecretIsTheConfigurationsAlone() {
		ProbeModule module = secret("send", "{key}");
		assertThat(module.request(Map.of("key", "other"), Map.of(), null).message("", Dialogues.LOCAL))
				.asString(StandardCharsets.UTF_8).isEqualTo("other");
		assertThatThrownBy(() -> module.request(Map.of(), Map.of("key", "mine"), null))
				.isInstanceOfSatisfying(BadSettingException.class, (ex) -> assertThat(ex.setting()).isEqualTo("key"))
				.hasMessage("it is a secret, which the configuration alone may give");
		assertThat(module.value(module.settings().getFirst())).isNull();
		assertThat(module.request(Map.of(), Map.of(), null)).asString().isEqualTo("test[key]");
	}

	@Test
	void aSecretThatIsMissingIsAskedOfTheConfiguration() {
		ProbeModule module = Specs.of("send", "{key}", "settings.key.secret", "true").module();
		assertThatThrownBy(() -> module.request(Map.of(), Map.of(), null)).isInstanceOf(BadSettingException.class)
				.hasMessage("it is missing, and only the configuration may give it, below with");
		assertThatThrownBy(() -> module.checkConfigured(Map.of())).isInstanceOf(BadSettingException.class)
				.hasMessageStartingWith("it is missing, and only the configuration may give it");
		assertThatCode(() -> module.checkConfigured(Map.of("key", SECRET))).doesNotThrowAnyException();
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
	}

	/** Or else, of two letters as Base64, a single byte would be hidden wherever it is. */
	@Test
	void otherFormsOfItAreNotLookedFor() {
		ModuleRequest request = secret("send", "{key}", "settings.key", "ro").request(Map.of(), Map.of(), null);
		assertThat(request.masked(new byte[]{(byte) 0xAE, 'o', 'r', 'o'}))
				.containsExactly((byte) 0xAE, (byte) 'o', (byte) '*', (byte) '*');
	}

	/** With what was sent or with what answers it, a key is guessed. */
	@ParameterizedTest
	@CsvSource({"{id:random 2} {:hmac-md5 key}, {n:u8}", "{id:random 16}, {:md5 id key} {n:u8}"})
	void bytesOfAModuleWithASecretKeyAreNotShownAtAll(String send, String answer) {
		ModuleRequest request = secret("send", send, "answer", answer).request(Map.of(), Map.of(), null);
		assertThat(request.masked(request.message("", Dialogues.LOCAL))).containsOnly('*');
		assertThat(request.masked(new byte[]{1, 2})).containsExactly('*', '*');
	}

	@Test
	void valuesOfAnAnswerWithASecretKeyAreTold() {
		ProbeModule module = secret("send", "00", "answer", "{n:u8} {:hmac-md5 key}");
		byte[] answer = TemplateParser.parse("07 {:hmac-md5 key}", Layouts.Names.of(Set.of("key")))
				.write(new HashMap<>(Map.of("key", Layouts.utf8(SECRET))));
		assertThat(Dialogues.judged(module, HexFormat.of().formatHex(answer)).sentence()).isEqualTo("n 7");
	}

	/** A checksum by a key that whoever asks has chosen would tell what the datagram has. */
	@Test
	void aChecksumByAnotherKeyIsOfWhatIsShown() {
		ProbeModule module = secret("send", "{key} {:hmac-md5 salt}", "settings.salt", "x", "answer",
				"{size:u8} {:hmac-md5 salt} ...");
		Map<String, byte[]> salt = new HashMap<>(Map.of("salt", Layouts.utf8("x"), "key", Layouts.utf8(SECRET)));
		byte[] answer = TemplateParser.parse("2A {:hmac-md5 salt} {key} {:pad 42}", Layouts.Names.of(salt.keySet()))
				.write(salt);
		assertThat(Dialogues.judged(module, HexFormat.of().formatHex(answer)).fields()).isEmpty();
		assertThat(Dialogues.received(Dialogues.begun(module, Map.of()), HexFormat.of().formatHex(answer)))
				.isEqualTo(Dialogue.As.STRAY);
	}

	@Test
	void eachValueOfAChecksumMayBeGuessed() {
		ModuleRequest request = secret("send", "01 {:md5 key salt}", "settings.salt", "x").request(Map.of(), Map.of(),
				null);
		assertThat(request.masked(new byte[]{1, 2})).containsExactly('*', '*');
	}

	/** A short one is like many a byte. So it may be in a good answer, but not in what is told of that. */
	@Test
	void whatHappensToBeLikeAKeyIsReadAndNotTold() {
		ProbeModule module = secret("send", "00", "settings.key", "a", "answer", "{t:text 3} {n:u8} {:hmac-md5 key}");
		byte[] answer = TemplateParser.parse("'bac' 07 {:hmac-md5 key}", Layouts.Names.of(Set.of("key")))
				.write(new HashMap<>(Map.of("key", Layouts.utf8("a"))));
		assertThat(Dialogues.judged(module, HexFormat.of().formatHex(answer)).sentence()).isEqualTo("t ***, n 7");
	}

	@Test
	void aKeyThatIsNoSecretHidesNothing() {
		ModuleRequest request = Specs.of("send", "01 {:hmac-md5 key}", "settings.key", "x")
				.module()
				.request(Map.of(), Map.of(), null);
		assertThat(request.masked(new byte[]{1, 2})).containsExactly(1, 2);
	}

	/** By a checksum, a secret is guessed. */
	@ParameterizedTest
	@CsvSource(delimiter = ';', quoteCharacter = '"', textBlock = """
			send; 'a' {key} {:crc32}
			send; {:inet} {key}
			answer; ( ... {:sum8} | ... )
			pass; datagram is [ {:bytes 4} {:crc32c} ]
			follow-up.when; 00 {:crc32}
			follow-up.send; 00 {:crc32}
			""")
	void bytesWithAChecksumOfItAreNotShownAtAll(String layout, String text) {
		ModuleRequest request = secret("send", "'a' {key}", "answer", "{:bytes}", "pass", "length is 1",
				"follow-up.when", "00", "follow-up.send", "00", layout, text).request(Map.of(), Map.of(), null);
		byte[] sent = request.message("", Dialogues.LOCAL);
		assertThat(request.masked(sent)).hasSameSizeAs(sent).containsOnly('*');
		assertThat(request.masked(new byte[]{1, 2})).containsExactly(1, 2);
	}

	@Test
	void withAChecksumItIsNotExpected() {
		assertThatThrownBy(() -> secret("send", "{key} {:crc32}", "answer", "01 {key}"))
				.isInstanceOfSatisfying(ModuleException.class, (ex) -> assertThat(ex.key()).isEqualTo("answer"))
				.hasMessageStartingWith("character 8, ");
	}

	/** Of a value that is cut, or converted, too. */
	@ParameterizedTest
	@ValueSource(strings = {"{t:text}", "{t:bytes}", "{:bytes 509} {t:text 5} {:bytes}",
			"{:bytes 510} {t:u16} {:bytes}", "{:bytes 510} {t:ipv4} {:bytes}", "/(?s)(?P<t>.*)/",
			"{:bytes 509} {t:unix-time} {:bytes}", "{:bytes 511} {t:bits 3} {:bits 5} {:bytes}", "{t:cstring}",
			"{:bytes 509} {t:bytes 1} ... {key}", "{:bytes 509} ( 'x' {key} | {t:bytes 6} ) {:bytes}"})
	void noValueHasAPartOfIt(String answer) {
		Judgement judged = Dialogues.judged(secret("send", "{key}", "answer", answer),
				HexFormat.of().formatHex(Layouts.utf8("-".repeat(509) + SECRET + SECRET + "\0")).substring(0,
						answer.endsWith("{key}") ? 1_042 : 1_044));
		assertThat(judged.fields()).containsExactly(Map.entry("t", new FieldValue.Text("***")));
		assertThat(judged.sentence()).isEqualTo("t ***");
	}

	@Test
	void valuesBesideItAreTold() {
		Judgement judged = Dialogues.judged(secret("send", "{key}", "answer", "'a' u8[{key}] {n:u8} {t:text}"),
				HexFormat.of().formatHex(Layouts.utf8("a\6" + SECRET + "!b!")));
		assertThat(judged.sentence()).isEqualTo("n 33, t b!");
	}

	/** An echo, in which whoever asks says what stands before the secret, or what the answer is compared with. */
	@ParameterizedTest
	@CsvSource(delimiter = ';', quoteCharacter = '"', textBlock = """
			... {user} ...; c
			... {user} ...; c0
			... {user} ...; *
			... {user} ...; **
			( {user} | ) {:text 6}; c0f
			*( {user} ) {:text 6}; c
			( {user} | ) {key} {:text}; c0ff
			u8[{:text}] u8[{:text}] ...; "\1"
			u8[{:text}] u8[{:text}] ... & ... {key} ...; "\1"
			{:cstring} ...; c
			{:u8=0..90} ...; ""
			/[a-m]/ ...; ""
			*( {:digits} | /[a-z]/ ); ""
			[ {:text 2} {:sum8} ] ...; NO
			""")
	void whetherAnAnswerFitsTellsNothingOfIt(String answer, String user) {
		List<String> keys = List.of("c0ffee", "XXXXXX", "c0f**e", "\0\0\0\0\0\0");
		assertThat(keys.stream().map((key) -> isStray(answer, user, key, true)).distinct()).hasSize(1);
		assertThat(keys.stream().map((key) -> isStray(answer, user, key, false)).distinct()).as("if it is none")
				.hasSize(2);
	}

	private static boolean isStray(String answer, String user, String key, boolean secret) {
		ProbeModule module = Specs.of("settings.key", key, "settings.key.secret", Boolean.toString(secret),
				"settings.user", "", "send", answer.contains("{user}") ? "{key}" : "{user} {key}", "answer", answer)
				.module();
		ModuleDialogue dialogue = module.request(Map.of(), Map.of("user", user), null)
				.dialogue("test:7", Duration.ofSeconds(1), UnaryOperator.identity());
		byte[] sent = dialogue.first(Dialogues.LOCAL).payload();
		return dialogue.received(ByteBuffer.wrap(sent)) == Dialogue.As.STRAY;
	}

	/** What is found goes out again. */
	@ParameterizedTest
	@ValueSource(ints = {0, 3, 8})
	void aFollowUpSendsNoPartOfIt(int before) {
		ProbeModule module = secret("send", "{user} {key}", "settings.user", "-", "answer", "'ok'", "follow-up.when",
				"{:bytes 8} {nonce:bytes 4} ...", "follow-up.send", "'auth ' {nonce}");
		ModuleDialogue dialogue = module.request(Map.of(), Map.of("user", "u".repeat(before)), null)
				.dialogue("test:7", Duration.ofSeconds(1), UnaryOperator.identity());
		var _ = dialogue.first(Dialogues.LOCAL);
		String echo = "u".repeat(before) + SECRET + "-".repeat(8);
		assertThat(dialogue.received(ByteBuffer.wrap(Layouts.utf8(echo))))
				.isInstanceOfSatisfying(Dialogue.Send.class, (send) -> assertThat(Layouts.text(send.payload()))
						.isEqualTo("auth " + echo.replace(SECRET, "******").substring(8, 12)));
	}

	/** That a datagram has fresh ids is no matter of what a request says. */
	@Test
	void anIdMayHappenToBeASecret() {
		ProbeModule module = secret("settings.key", "a", "send", "{id:letters 40} {key}", "answer", "{id} {t:text}");
		ModuleRequest request = module.request(Map.of(), Map.of(), null);
		for (int i = 0; i < 9; i++) {
			Asked asked = request.ask("test:7", Dialogues.LOCAL);
			assertThat(asked.answer(asked.datagram())).extracting(Judgement::sentence).isEqualTo("t ***");
		}
	}

	/** It stands in the answer, not in a condition. */
	@Test
	void aConditionDoesNotSeeIt() {
		assertThatThrownBy(() -> secret("send", "{key}", "answer", "{t:text}", "pass", "t is {key}"))
				.hasMessage("character 6, at \"{key}\": there is no setting key, or it is a secret");
		Judgement judged = Dialogues.judged(secret("send", "{key}", "answer", "{t:text}", "pass",
				"t is not /c0/ and datagram is [ ... '*' ... ]"), HexFormat.of().formatHex(Layouts.utf8(SECRET)));
		assertThat(judged.pass()).isTrue();
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

	private static ProbeModule secret(String... keysAndValues) {
		String[] all = Stream.concat(Stream.of("settings.key", SECRET, "settings.key.secret", "true"),
				Stream.of(keysAndValues)).toArray(String[]::new);
		return Specs.of(all).module();
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

}
