package dev.udpprobe.module;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * What a request may say to a module.
 */
class ModuleRequestTests {

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

	private static String sent(ModuleRequest request) {
		return new String(request.message("", Dialogues.LOCAL), StandardCharsets.ISO_8859_1);
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
