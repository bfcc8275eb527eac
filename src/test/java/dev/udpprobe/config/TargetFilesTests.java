package dev.udpprobe.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.udpprobe.destination.Target;
import dev.udpprobe.module.Modules;
import dev.udpprobe.monitor.RoundSettings;
import dev.udpprobe.monitor.TargetSpec;
import dev.udpprobe.net.HostAndPort;

/**
 * Tests with files of targets in a directory of their own.
 */
abstract class TargetFilesTests {

	static final String GOOD = "- targets: [192.0.2.1:53]\n";

	/** Of the library alone. */
	private static final Modules LIBRARY = LibraryModules.with();

	final Path directory;

	final List<String> configured = new ArrayList<>();

	/** What there was each time that targets became others. */
	final List<List<TargetSpec>> used = new ArrayList<>();

	/** Whether nobody can be told of targets. */
	boolean failing;

	TargetFilesTests(Path directory) {
		this.directory = directory;
	}

	final TargetSources sources(String... patterns) {
		return sources(LIBRARY, patterns);
	}

	final TargetSources sources(Modules modules, String... patterns) {
		HostAndPort somewhere = HostAndPort.of("192.0.2.99:9");
		List<TargetSpec> specs = this.configured.stream()
				.map((name) -> new TargetSpec(new Target(name, () -> somewhere, null), RoundSettings.BY_HAND, Map.of(),
						""))
				.toList();
		return new TargetSources(
				Stream.of(patterns).map((pattern) -> this.directory.resolve(pattern).toString()).toList(), specs,
				modules, Duration.ofSeconds(10), Duration.ofSeconds(30), this::use);
	}

	private void use(List<TargetSpec> targets) {
		if (this.failing) {
			throw new IllegalStateException("nobody can be told");
		}
		this.used.add(targets);
	}

	/**
	 * Looks as often as it takes until a change has stood.
	 */
	static void readAgain(TargetSources sources) {
		sources.readIfChanged();
		sources.readIfChanged();
	}

	final List<String> names() {
		return this.used.getLast().stream().map(TargetSpec::name).toList();
	}

	final TargetSpec spec(String name) {
		return this.used.getLast().stream().filter((spec) -> spec.name().equals(name)).findFirst().orElseThrow();
	}

	final Path write(String name, String text) throws IOException {
		return Files.writeString(this.directory.resolve(name), text);
	}

	/**
	 * @return the message of a reading on request, with DIR for the directory
	 */
	final String wrong(TargetSources sources) {
		return sources.read().replace(this.directory.toString(), "DIR");
	}

}
