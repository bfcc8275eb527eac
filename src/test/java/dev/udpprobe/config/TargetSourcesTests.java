package dev.udpprobe.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.core.env.StandardEnvironment;

import dev.udpprobe.monitor.TargetSpec;
import dev.udpprobe.testing.ReadsLog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

@ReadsLog
class TargetSourcesTests extends TargetFilesTests {

	TargetSourcesTests(@TempDir Path directory) {
		super(directory);
	}

	@Test
	void aNameIsTakenByTheConfigurationThenByTheFirstFile() throws Exception {
		this.configured.add("office");
		String office = "- targets: [a:1]\n  labels: {__name: office}\n";
		write("a.yaml", office + "- targets: [b:1, b:1]\n");
		write("b.yaml", "- targets: [b:1, c:1]\n");
		TargetSources sources = sources("b.yaml", "a.yaml");
		assertThat(names()).containsExactly("b:1", "c:1");
		assertThat(spec("b:1").source()).endsWith("a.yaml");
		assertThat(wrong(sources)).isEqualTo(
				"DIR/a.yaml: 2 targets are left out: there is a target office already, in the configuration; "
						+ "there is a target b:1 already, in this file. "
						+ "DIR/b.yaml: 1 target is left out: there is a target b:1 already, in DIR/a.yaml.");
		write("a.yaml", "[]");
		readAgain(sources);
		assertThat(sources.wrong()).isZero();
		assertThat(spec("b:1").source()).endsWith("b.yaml");
	}

	@Test
	void aTargetThatStaysIsTheSame() throws Exception {
		write("a.yaml", GOOD);
		TargetSources sources = sources("*.yaml");
		TargetSpec before = spec("192.0.2.1:53");
		write("b.yaml", GOOD.replace("2.1", "2.2"));
		readAgain(sources);
		assertThat(spec("192.0.2.1:53")).isSameAs(before);
		int changes = this.used.size();
		write("b.yaml", "# later\n" + GOOD.replace("2.1", "2.2"));
		readAgain(sources);
		assertThat(this.used).as("nothing to tell").hasSize(changes);
	}

	/**
	 * Such as where a link-local address of the configuration names an interface that is away.
	 */
	@Test
	void whatCouldNotBeUsedIsUsedAsSoonAsItCan() throws Exception {
		TargetSources sources = sources("*.yaml");
		this.failing = true;
		write("a.yaml", GOOD);
		assertThatIllegalStateException().isThrownBy(() -> readAgain(sources));
		assertThat(names()).isEmpty();
		assertThatIllegalStateException().isThrownBy(sources::readIfChanged);
		this.failing = false;
		sources.readIfChanged();
		assertThat(names()).containsExactly("192.0.2.1:53");
		int changes = this.used.size();
		sources.readIfChanged();
		assertThat(this.used).hasSize(changes);
	}

	/**
	 * A file that is renamed counts once, though the new name comes first.
	 */
	@Test
	void whatIsGoneMakesRoomForWhatHasCome() throws Exception {
		String many = "- targets: [%s]\n".formatted(IntStream.range(0, 60_000).mapToObj((i) -> "h%d:1\n".formatted(i))
				.collect(Collectors.joining(", ")));
		Path file = write("z.yaml", many);
		TargetSources sources = sources("*.yaml");
		assertThat(names()).hasSize(60_000);
		Files.move(file, this.directory.resolve("a.yaml"));
		readAgain(sources);
		assertThat(names()).hasSize(60_000);
		assertThat(sources.wrong()).isZero();
	}

	@Test
	void aFileThatIsBeingWrittenIsNotReadAndKeepsNoOtherFromIt() throws Exception {
		TargetSources sources = sources("*.yaml");
		for (int i = 1; i < 4; i++) {
			write("a.yaml", "#".repeat(i) + "\n" + GOOD);
			write("b.yaml", GOOD.replace("2.1", "2.2"));
			Files.setLastModifiedTime(this.directory.resolve("b.yaml"),
					FileTime.from(Instant.EPOCH));
			sources.readIfChanged();
		}
		assertThat(names()).containsExactly("192.0.2.2:53");
		sources.readIfChanged();
		assertThat(names()).containsExactly("192.0.2.1:53", "192.0.2.2:53");
	}

	/**
	 * So does Kubernetes change what is mounted: a link to a directory is replaced.
	 */
	@Test
	void aLinkThatLeadsElsewhereIsAChange() throws Exception {
		Path data = this.directory.resolve("..data");
		for (String version : List.of("v1", "v2")) {
			Path file = Files.createDirectory(this.directory.resolve(version)).resolve("a.yaml");
			Files.writeString(file, GOOD.replace("2.1", version.replace("v", "2.")));
			Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH));
		}
		Files.createSymbolicLink(data, Path.of("v1"));
		Files.createSymbolicLink(this.directory.resolve("a.yaml"), Path.of("..data", "a.yaml"));
		TargetSources sources = sources("*.yaml");
		assertThat(names()).containsExactly("192.0.2.1:53");
		Path next = Files.createSymbolicLink(this.directory.resolve("..data_tmp"), Path.of("v2"));
		Files.move(next, data, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
		readAgain(sources);
		assertThat(names()).containsExactly("192.0.2.2:53");
	}

	@Test
	void aFileThatIsRenamedIntoPlaceIsAChange() throws Exception {
		Path file = write("a.yaml", GOOD);
		Path next = write("a.next", GOOD.replace("2.1", "2.2"));
		TargetSources sources = sources("*.yaml");
		Files.setLastModifiedTime(next, Files.getLastModifiedTime(file));
		Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
		readAgain(sources);
		assertThat(names()).containsExactly("192.0.2.2:53");
	}

	@Test
	void aFileThatIsGoneTakesItsTargetsWithIt() throws Exception {
		Path file = write("a.yaml", GOOD);
		TargetSources sources = sources("*.yaml");
		Files.delete(file);
		sources.readIfChanged();
		assertThat(names()).as("it may be about to come back").hasSize(1);
		sources.readIfChanged();
		assertThat(names()).isEmpty();
		assertThat(sources.wrong()).isZero();
	}

	@Test
	void aWrongFileIsToldOnceUntilItChanges(CapturedOutput output) throws Exception {
		write("a.yaml", "- a\n");
		TargetSources sources = sources("*.yaml");
		Instant start = sources.lastSuccess();
		write("b.yaml", GOOD.replace("2.1", "2.2"));
		readAgain(sources);
		assertThat(names()).containsExactly("192.0.2.2:53");
		assertThat(output.getOut().lines().filter((line) -> line.contains("a.yaml"))).hasSize(1);
		write("a.yaml", "- a\n- b\n");
		readAgain(sources);
		assertThat(output.getOut().lines().filter((line) -> line.contains("a.yaml"))).as("the same sentence")
				.hasSize(1);
		assertThat(wrong(sources)).isEqualTo("DIR/a.yaml: group 1 has to have keys: targets and labels.");
		assertThat(output.getOut().lines().filter((line) -> line.contains("a.yaml"))).as("on request").hasSize(2);
		assertThat(sources.lastSuccess()).isEqualTo(start);
		write("a.yaml", GOOD);
		readAgain(sources);
		assertThat(sources.lastSuccess()).isAfter(start);
	}

	@Test
	void aModuleThatGoesTakesItsTargetsWithItUntilItComesBack() throws Exception {
		String game = "modules:\n  game:\n    port: 9\n    send: FF\n";
		write("modules.yml", game);
		write("a.yaml", GOOD + "- targets: [a]\n  labels: {__module: game}\n");
		ModuleSources modules = new ModuleSources(Map.of(), List.of(this.directory.resolve("modules.yml").toString()),
				List.of(), Duration.ofSeconds(10), new StandardEnvironment());
		TargetSources sources = sources(modules.modules(), "*.yaml");
		FileWatch watch = new FileWatch(modules, new AccountSources(List.of()), sources);
		assertThat(names()).containsExactly("192.0.2.1:53", "a:9");
		write("modules.yml", game.replace("game", "gate"));
		assertThat(watch.reload()).hasValueSatisfying((wrong) -> assertThat(wrong)
				.endsWith("a.yaml: 1 target is left out: group 2: __module is 'game', and there is no such module."));
		assertThat(names()).containsExactly("192.0.2.1:53");
		write("modules.yml", game.replace("port: 9", "port: 10"));
		watch.look();
		watch.look();
		assertThat(names()).containsExactly("192.0.2.1:53", "a:10");
		assertThat(sources.wrong()).isZero();
	}

}
