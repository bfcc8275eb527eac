package dev.udpprobe.config;

import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

import dev.udpprobe.testing.ReadsLog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@ReadsLog
class WrongModulesTests extends ModuleFilesTests {

	WrongModulesTests(@TempDir Path directory) {
		super(directory);
	}

	@ParameterizedTest
	@MethodSource
	void aWrongFileKeepsTheOldStateAndSaysWhere(String text, String message) throws Exception {
		write("modules.yaml", GOOD);
		ModuleSources sources = sources(Map.of("SECRET", "s3cret"), "modules.yaml");
		write("modules.yaml", text);
		assertThatExceptionOfType(WrongFileException.class).isThrownBy(() -> readAgain(sources))
				.satisfies((failure) -> assertThat(
						String.valueOf(failure.getMessage()).replace(this.directory.toString(), "DIR"))
						.isEqualTo(message).doesNotContain("s3cret"));
		assertThat(has(sources, "game")).as("the old state").isTrue();
		assertThat(readAgain(sources)).as("told once").isFalse();
		write("modules.yaml", GOOD.replace("game", "gate"));
		assertThat(readAgain(sources)).isTrue();
		assertThat(has(sources, "gate")).isTrue();
	}

	static Stream<Arguments> aWrongFileKeepsTheOldStateAndSaysWhere() {
		return Stream.of(
				Arguments.of("modules:\n  game:\n    send: FFFF 'getinfo\n",
						"modules.game.send (from DIR/modules.yaml - 3:11) is not taken: character 6, at \"'getinfo\": "
								+ "the text does not end: a quote (') is missing."),
				Arguments.of("modules:\n  game:\n    send: |\n      FFFF\n      XY\n",
						"modules.game.send (from DIR/modules.yaml - 3:11) is not taken: line 2, character 1, at \"XY\": "
								+ "a message is made of bytes (two hexadecimal digits each), 'text', base64'...', {values} and lengths such as u16[...]."),
				Arguments.of("modules:\n  game:\n    sent: FF\n",
						"There is no such configuration key: modules.game.sent (from DIR/modules.yaml - 3:11). "
								+ "docs/modules.md has the keys of a module; a text that begins with { takes quotes."),
				Arguments.of("modules:\n  game:\n    send: FF\n    timeout: soon\n",
						"modules.game.timeout=soon (from DIR/modules.yaml - 4:14) is not taken. docs/modules.md says what each key of a module takes."),
				Arguments.of("modules:\n  game:\n    send: FF\n    with: {key: s3cret}\n",
						"modules.game.with.key (from DIR/modules.yaml - 4:17) is not taken: there is no such setting; there is none."),
				Arguments.of("modules:\n  a: &a {send: FF}\n  b: *a\n",
						"DIR/modules.yaml: an alias is not taken, line 3."),
				Arguments.of(GOOD + "---\n" + GOOD, "DIR/modules.yaml: a second document is not taken, line 4."),
				Arguments.of("game:\n  send: FF\n",
						"DIR/modules.yaml: it takes modules alone at the beginning of a line, and has game.send."),
				Arguments.of("modules:\n  game:\n    send: 0100\n",
						"DIR/modules.yaml: YAML takes a number or a truth value for another text than stands there, so put it in quotes, line 3, column 11."),
				Arguments.of("modules:\n  game:\n    send: 1e10\n",
						"DIR/modules.yaml: YAML takes a number or a truth value for another text than stands there, so put it in quotes, line 3, column 11."),
				Arguments.of("modules:\n  game:\n    on: FF\n",
						"DIR/modules.yaml: YAML takes a number or a truth value for another text than stands there, so put it in quotes, line 3, column 5."),
				Arguments.of("modules:\n  game:\n    follow-up: FF\n",
						"modules.game.follow-up is not taken: it takes keys below it."),
				Arguments.of("modules:\n  game:\n    send: '{a}'\n    settings: {a: {value: '${NIX}'}}\n",
						"modules.game.settings.a.value (from DIR/modules.yaml - 4:27) is not taken: it refers to a variable (${...}) that is not set."),
				Arguments.of(
						"modules:\n  game:\n    send: FF\n    answer: '{a:u8}'\n    names: {a: '0 ok'}\n    pass: a is okay\n",
						"modules.game.pass (from DIR/modules.yaml - 6:11) is not taken: a has no name okay; it has ok."),
				Arguments.of("", "DIR/modules.yaml has no modules."),
				Arguments.of("modules:\n  game:\n    send: FF\n    with: s3cret\n",
						"modules.game.with (from DIR/modules.yaml - 4:11) is not taken. docs/modules.md says what each key of a module takes."),
				Arguments.of("modules: [",
						"DIR/modules.yaml is not YAML: expected the node content, but found '<stream end>', line 1, column 11."),
				Arguments.of("modules:\n  game:\n    like: nix\n",
						"modules.game.like (from DIR/modules.yaml - 3:11) is not taken: there is no module nix."),
				Arguments.of("x".repeat((1 << 20) + 1), "DIR/modules.yaml has more than 1,048,576 bytes."));
	}

	/**
	 * As the application does.
	 */
	static class Reading {

		@Bean
		ModuleSources moduleSources(UdpProbeProperties properties, Environment environment) {
			return new UdpProbeConfiguration().moduleSources(properties, environment);
		}

	}

	private static SpringApplicationBuilder withModules() {
		return OnlyConfiguration.application().sources(Reading.class);
	}

	@Test
	void aWrongModuleStopsTheStart(CapturedOutput output) {
		OnlyConfiguration.assertFails(output, withModules(), "--udp-probe.modules.game.send=FF {x}")
				.contains("udp-probe.modules.game.send", "is not taken: character 5, at \"x}\"", "docs/modules.md");
		OnlyConfiguration.assertFails(output, withModules(), "--udp-probe.targets[0].name=a",
				"--udp-probe.targets[0].address=127.0.0.1:9", "--udp-probe.targets[0].module=nix")
				.contains("udp-probe.targets[].module of 'a' is 'nix', and there is no such module.");
		OnlyConfiguration.assertFails(output, withModules(), "--udp-probe.targets[0].name=a",
				"--udp-probe.targets[0].address=127.0.0.1:9", "--udp-probe.targets[0].module=dns",
				"--udp-probe.targets[0].with.nix=1")
				.contains("udp-probe.targets[].with.nix of 'a' is not taken: the module dns has no such setting");
		OnlyConfiguration.assertFails(output, withModules(), "--udp-probe.targets[0].name=a",
				"--udp-probe.targets[0].address=127.0.0.1:9", "--udp-probe.targets[0].module=dns",
				"--udp-probe.targets[0].with.type=NIX")
				.contains("udp-probe.targets[].with.type of 'a' is not taken: 'NIX' is not a record type");
	}

}
