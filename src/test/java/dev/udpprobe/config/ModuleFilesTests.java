package dev.udpprobe.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

import dev.udpprobe.module.ModuleSpec;
import dev.udpprobe.module.ProbeModule;

/**
 * Tests with files of modules in a directory of their own.
 */
abstract class ModuleFilesTests {

	static final String GOOD = "modules:\n  game:\n    send: FFFFFFFF 'getinfo'\n";

	final Path directory;

	final List<TargetProperties> targets = new ArrayList<>();

	ModuleFilesTests(Path directory) {
		this.directory = directory;
	}

	final ModuleSources sources(Map<String, Object> configured, String... patterns) {
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
	static boolean readAgain(ModuleSources sources) {
		for (int looks = 0; looks < 2; looks++) {
			if (sources.readIfChanged()) {
				return true;
			}
		}
		return false;
	}

	static FileWatch watch(ModuleSources sources) {
		return new FileWatch(sources, new AccountSources(List.of()),
				new TargetSources(List.of(), List.of(), sources.modules(), Duration.ofSeconds(10),
						Duration.ofSeconds(10), (_) -> {}));
	}

	final Path write(String name, String text) throws IOException {
		return Files.writeString(this.directory.resolve(name), text);
	}

	static boolean has(ModuleSources sources, String name) {
		return sources.modules().find(name) != null;
	}

	static ProbeModule module(ModuleSources sources, String name) {
		return Objects.requireNonNull(sources.modules().find(name));
	}

}
