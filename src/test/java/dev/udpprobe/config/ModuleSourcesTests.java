package dev.udpprobe.config;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.core.env.StandardEnvironment;

import dev.udpprobe.module.ProbeModule;
import dev.udpprobe.net.HostAndPort;
import dev.udpprobe.testing.ReadsLog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

@ReadsLog
class ModuleSourcesTests extends ModuleFilesTests {

	ModuleSourcesTests(@TempDir Path directory) {
		super(directory);
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
			assertThatExceptionOfType(WrongFileException.class).isThrownBy(() -> readAgain(sources))
					.withMessage("%s cannot be read: no such file.", broken);
		}
	}

	@Test
	void aModuleThatATargetHasStays() throws Exception {
		write("modules.yaml", GOOD);
		this.targets.add(new TargetProperties("a", HostAndPort.of("127.0.0.1:9"), null, "game", Map.of(), null, null, 1,
				2, null, Map.of()));
		ModuleSources sources = sources(Map.of(), "modules.yaml");
		write("modules.yaml", GOOD.replace("game", "gate"));
		assertThatExceptionOfType(WrongFileException.class).isThrownBy(() -> readAgain(sources))
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
		assertThatExceptionOfType(WrongFileException.class).isThrownBy(() -> sources(Map.of(), "*.yaml"))
				.withMessage("%s: there is a module game already, in %s.", this.directory.resolve("two.yaml"),
						this.directory.resolve("one.yaml"));
		assertThatExceptionOfType(WrongFileException.class)
				.isThrownBy(() -> sources(Map.of("udp-probe.modules.game.send", "FF"), "one.yaml"))
				.withMessageEndingWith("one.yaml: there is a module game already, in the configuration.");
	}

	@Test
	void aFileThatIsNotThereIsToldByItsName() {
		assertThatExceptionOfType(WrongFileException.class).isThrownBy(() -> sources(Map.of(), "nix.yaml"))
				.withMessage("%s cannot be read: no such file.", this.directory.resolve("nix.yaml"));
		assertThatExceptionOfType(WrongFileException.class).isThrownBy(() -> sources(Map.of(), "nix/*.yaml"))
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
		FileWatch watch = watch(sources);
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

}
