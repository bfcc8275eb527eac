package dev.udpprobe.module;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;

import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import dev.udpprobe.exchange.Dialogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Values that cannot be sent as a module sends them.
 */
class HostileValueTests {

	@Test
	void aChallengeThatDoesNotFitIsAStray() {
		ProbeModule module = module(Map.of("send", "01", "follow-up.when", "02 {challenge:text}", "follow-up.send",
				"03 {challenge:u8}", "answer", "04"));
		ModuleDialogue dialogue = module.request(Map.of(), Map.of(), null)
				.dialogue("x:1", Duration.ofSeconds(1), (datagram) -> datagram);
		dialogue.first(new InetSocketAddress(InetAddress.getLoopbackAddress(), 1));
		assertThat(dialogue.received(bytes("\002256"))).isEqualTo(Dialogue.As.STRAY);
		assertThat(dialogue.received(bytes("\2x"))).isEqualTo(Dialogue.As.STRAY);
		assertThat(dialogue.received(bytes("\002255"))).isInstanceOfSatisfying(Dialogue.Send.class,
				(send) -> assertThat(send.payload()).containsExactly(3, 255));
	}

	@Test
	void aSecretThatDoesNotFitIsNotTold() {
		ProbeModule module = module(Map.of("settings.pin.value", "hunter2", "settings.pin.secret", "true",
				"settings.count.value", "many", "send", "{pin:ipv4} {count:u8}"));
		assertThatExceptionOfType(BadSettingException.class)
				.isThrownBy(() -> module.request(Map.of(), Map.of(), null))
				.withMessageNotContaining("hunter2")
				.satisfies((failure) -> assertThat(failure.setting()).isEqualTo("pin"));
		assertThatExceptionOfType(BadSettingException.class)
				.isThrownBy(() -> module.request(Map.of("pin", "192.0.2.1"), Map.of(), null))
				.withMessageContaining("'many'");
	}

	private static ByteBuffer bytes(String text) {
		return ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
	}

	private static ProbeModule module(Map<String, String> keys) {
		ModuleSpec spec = new Binder(new MapConfigurationPropertySource(keys)).bindOrCreate("", ModuleSpec.class);
		return Objects.requireNonNull(new Modules(Map.of("x", spec), Duration.ofSeconds(10)).find("x"));
	}

}
