package dev.udpprobe.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class ReloadTests extends ModuleFilesTests {

	private static final String WRONG = "modules:\n  game:\n    send: FFF\n";

	ReloadTests(@TempDir Path directory) {
		super(directory);
	}

	@Test
	void filesAreReadAtOnce() throws Exception {
		write("one.yaml", GOOD);
		ModuleSources sources = sources(Map.of(), "*.yaml");
		FileWatch watch = watch(sources);
		Instant start = watch.lastSuccess();
		write("two.yaml", GOOD.replace("game", "other"));
		assertThat(watch.reload()).isEmpty();
		assertThat(has(sources, "other")).isTrue();
		assertThat(watch.lastSuccessful()).isTrue();
		assertThat(watch.lastSuccess()).isAfterOrEqualTo(start);
	}

	@Test
	void aWrongFileIsToldAndNothingChangesUntilItIsRight() throws Exception {
		write("one.yaml", GOOD);
		ModuleSources sources = sources(Map.of(), "*.yaml");
		FileWatch watch = watch(sources);
		write("two.yaml", WRONG.replace("game", "other"));
		assertThat(watch.reload()).hasValueSatisfying((wrong) -> assertThat(wrong).contains("other.send", "two.yaml"));
		assertThat(watch.lastSuccessful()).isFalse();
		assertThat(has(sources, "game")).isTrue();
		assertThat(has(sources, "other")).isFalse();
		write("two.yaml", GOOD.replace("game", "other"));
		assertThat(watch.reload()).isEmpty();
		assertThat(watch.lastSuccessful()).isTrue();
	}

	@Test
	void whatTheWatchFindsCountsToo() throws Exception {
		Path file = write("one.yaml", GOOD);
		FileWatch watch = watch(sources(Map.of(), "*.yaml"));
		watch.start();
		try {
			write("one.yaml", WRONG);
			await().until(() -> !watch.lastSuccessful());
			Files.delete(file);
			await().until(watch::lastSuccessful);
		}
		finally {
			watch.stop();
		}
	}

	/**
	 * The files are as they were, and yet have to be read for anybody to know it.
	 */
	@Test
	void aDirectoryThatComesBackIsASuccess() throws Exception {
		Path away = this.directory.resolveSibling(this.directory.getFileName() + "-away");
		write("one.yaml", GOOD);
		FileWatch watch = watch(sources(Map.of(), "*.yaml"));
		watch.start();
		try {
			Files.move(this.directory, away);
			await().until(() -> !watch.lastSuccessful());
			Files.move(away, this.directory);
			await().until(watch::lastSuccessful);
		}
		finally {
			watch.stop();
		}
	}

}
