package dev.udpprobe.config;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

import dev.udpprobe.module.ModuleSpec;
import dev.udpprobe.module.ProbeModule;
import dev.udpprobe.net.HostAndPort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

@ExtendWith(OutputCaptureExtension.class)
class ModuleSourcesTests {

	private static final String GOOD = "modules:\n  game:\n    send: FFFFFFFF 'getinfo'\n";

	private final Path directory;

	private final List<TargetProperties> targets = new ArrayList<>();

	ModuleSourcesTests(@TempDir Path directory) {
		this.directory = directory;
	}

	private ModuleSources sources(Map<String, Object> configured, String... patterns) {
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources().addFirst(new MapPropertySource("test", configured));
		Map<String, ModuleSpec> modules = Binder.get(environment)
				.bind("udp-probe.modules", Bindable.mapOf(String.class, ModuleSpec.class))
				.orElse(null);
		return new ModuleSources((modules != null) ? modules : Map.of(),
				Stream.of(patterns).map((pattern) -> this.directory.resolve(pattern).toString()).toList(), this.targets,
				Duration.ofSeconds(10), environment);
	}

	/**
	 * Looks as often as it takes until a change has stood.
	 */
	private static boolean readAgain(ModuleSources sources) {
		for (int looks = 0; looks < 2; looks++) {
			if (sources.readIfChanged()) {
				return true;
			}
		}
		return false;
	}

	private Path write(String name, String text) throws IOException {
		return Files.writeString(this.directory.resolve(name), text);
	}

	private static boolean has(ModuleSources sources, String name) {
		return sources.modules().find(name) != null;
	}

	private static ProbeModule module(ModuleSources sources, String name) {
		return Objects.requireNonNull(sources.modules().find(name));
	}

	@Test
	void theLibraryIsAlwaysThere() {
		assertThat(sources(Map.of()).modules().all()).extracting((module) -> module.name())
				.contains("any", "dns", "echo", "memcached", "ntp", "quic", "sip", "snmp", "snmp-v2c", "stun", "syslog",
						"tftp");
	}

	@Test
	void whatIsConfiguredStandsBesideIt() {
		Map<String, Object> configured = new HashMap<>();
		configured.put("udp-probe.modules.office.like", "snmp-v2c");
		configured.put("udp-probe.modules.office.with.community", "hush");
		configured.put("udp-probe.modules.dns.like", "dns");
		configured.put("udp-probe.modules.dns.with.name", "example.test");
		ModuleSources sources = sources(configured);
		assertThat(has(sources, "office")).isTrue();
		ProbeModule dns = module(sources, "dns");
		assertThat(dns.settings()).filteredOn((setting) -> setting.name().equals("name"))
				.singleElement()
				.extracting((setting) -> dns.value(setting)).isEqualTo("example.test");
	}

	@Test
	void filesAreReadAgainWhenTheyChange() throws Exception {
		write("one.yaml", GOOD);
		ModuleSources sources = sources(Map.of(), "*.yaml");
		assertThat(has(sources, "game")).isTrue();
		assertThat(readAgain(sources)).isFalse();
		write("two.yaml", GOOD.replace("game", "other-game"));
		assertThat(readAgain(sources)).isTrue();
		assertThat(has(sources, "other-game")).isTrue();
		Files.delete(this.directory.resolve("one.yaml"));
		assertThat(readAgain(sources)).isTrue();
		assertThat(has(sources, "game")).isFalse();
	}

	/**
	 * So does Kubernetes change what is mounted.
	 */
	@Test
	void aLinkThatLeadsElsewhereIsAChange() throws Exception {
		Path old = write("old", GOOD);
		Path link = Files.createSymbolicLink(this.directory.resolve("modules.yaml"), old);
		ModuleSources sources = sources(Map.of(), "modules.yaml");
		Path next = write("new", GOOD.replace("game", "gate"));
		Files.setLastModifiedTime(next, Files.getLastModifiedTime(old));
		Files.delete(link);
		Files.createSymbolicLink(link, next);
		assertThat(readAgain(sources)).isTrue();
		assertThat(has(sources, "gate")).isTrue();
	}

	@ParameterizedTest
	@MethodSource
	void aWrongFileKeepsTheOldStateAndSaysWhere(String text, String message) throws Exception {
		write("modules.yaml", GOOD);
		ModuleSources sources = sources(Map.of("SECRET", "s3cret"), "modules.yaml");
		write("modules.yaml", text);
		assertThatExceptionOfType(ModuleFileException.class).isThrownBy(() -> readAgain(sources))
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

	@Test
	void aFileThatIsBeingWrittenIsNotReadYet() throws Exception {
		write("modules.yaml", GOOD);
		ModuleSources sources = sources(Map.of(), "modules.yaml");
		for (int i = 1; i < 4; i++) {
			write("modules.yaml", "#".repeat(i) + "\n" + GOOD.replace("game", "gate"));
			assertThat(sources.readIfChanged()).isFalse();
		}
		assertThat(has(sources, "gate")).isFalse();
		assertThat(sources.readIfChanged()).isTrue();
		assertThat(has(sources, "gate")).isTrue();
	}

	@Test
	void aFileThatCannotBeReadIsTriedAgain() throws Exception {
		write("modules.yaml", GOOD);
		ModuleSources sources = sources(Map.of(), "*.yaml");
		Path lock = this.directory.resolve(".#modules.yaml");
		Files.createSymbolicLink(lock, this.directory.resolve("nowhere"));
		assertThat(readAgain(sources)).as("an editor's lock").isFalse();
		Path broken = Files.createSymbolicLink(this.directory.resolve("more.yaml"), this.directory.resolve("nowhere"));
		for (int i = 0; i < 2; i++) {
			assertThatExceptionOfType(ModuleFileException.class).isThrownBy(() -> readAgain(sources))
					.withMessage("%s cannot be read: no such file.", broken);
		}
	}

	@Test
	void aModuleThatATargetHasStays() throws Exception {
		write("modules.yaml", GOOD);
		this.targets.add(new TargetProperties("a", HostAndPort.of("127.0.0.1:9"), null, "game", Map.of()));
		ModuleSources sources = sources(Map.of(), "modules.yaml");
		write("modules.yaml", GOOD.replace("game", "gate"));
		assertThatExceptionOfType(ModuleFileException.class).isThrownBy(() -> readAgain(sources))
				.withMessage("udp-probe.targets[].module of 'a' is 'game', and there is no such module.");
		assertThat(has(sources, "game")).isTrue();
	}

	@Test
	void aShortLongestTimeCutsTheLibrarys() {
		ModuleSources sources = new ModuleSources(Map.of(), List.of(), List.of(), Duration.ofMillis(100),
				new StandardEnvironment());
		assertThat(module(sources, "sip").timeout()).isEqualTo(Duration.ofMillis(100));
	}

	@Test
	void aNameIsGivenOnce() throws Exception {
		write("one.yaml", GOOD);
		write("two.yaml", GOOD);
		assertThatExceptionOfType(ModuleFileException.class).isThrownBy(() -> sources(Map.of(), "*.yaml"))
				.withMessage("%s: there is a module game already, in %s.", this.directory.resolve("two.yaml"),
						this.directory.resolve("one.yaml"));
		assertThatExceptionOfType(ModuleFileException.class)
				.isThrownBy(() -> sources(Map.of("udp-probe.modules.game.send", "FF"), "one.yaml"))
				.withMessageEndingWith("one.yaml: there is a module game already, in the configuration.");
	}

	@Test
	void aFileThatIsNotThereIsToldByItsName() {
		assertThatExceptionOfType(ModuleFileException.class).isThrownBy(() -> sources(Map.of(), "nix.yaml"))
				.withMessage("%s cannot be read: no such file.", this.directory.resolve("nix.yaml"));
		assertThatExceptionOfType(ModuleFileException.class).isThrownBy(() -> sources(Map.of(), "nix/*.yaml"))
				.withMessage("%s cannot be read: no such file.", this.directory.resolve("nix"));
	}

	@Test
	void variablesStandInFilesToo() throws Exception {
		write("modules.yaml", "modules:\n  office:\n    like: snmp-v2c\n    with: {community: '${HUSH}'}\n");
		ModuleSources sources = sources(Map.of("HUSH", "s3cret"), "modules.yaml");
		byte[] sent = module(sources, "office").request(Map.of(), Map.of(), null).message("a:1",
				new InetSocketAddress(InetAddress.getLoopbackAddress(), 1));
		assertThat(new String(sent, StandardCharsets.ISO_8859_1)).contains("s3cret");
	}

	@Test
	void theWatchTellsInOneLine(CapturedOutput output) throws Exception {
		write("modules.yaml", GOOD);
		ModuleSources sources = sources(Map.of(), "modules.yaml");
		ModuleWatch watch = new ModuleWatch(sources);
		watch.start();
		try {
			write("modules.yaml", "modules: {game: {send: ''}}");
			await().until(() -> output.getOut().contains("modules stay as they were: modules.game.send (from "));
			write("modules.yaml", GOOD.replace("game", "gate"));
			await().until(() -> has(sources, "gate"));
			await().until(() -> output.getOut().contains("modules: the files are read again"));
			assertThat(output.getOut().lines().filter((line) -> line.contains("modules stay"))).hasSize(1);
		}
		finally {
			watch.stop();
		}
		assertThat(watch.isRunning()).isFalse();
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
