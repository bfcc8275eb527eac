package dev.udpprobe.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.springframework.core.env.StandardEnvironment;

import dev.udpprobe.module.Modules;

/**
 * The modules of the library, without a service.
 */
public final class LibraryModules {

	/** A file that gives modules what the library cannot have. */
	public static final Path SECRETS = Path.of("src/test/resources/secrets.yaml");

	private static final Duration MAX_TIME = Duration.ofSeconds(30);

	private LibraryModules() {}

	/**
	 * @param files of more modules
	 */
	public static Modules with(Path... files) {
		return new ModuleSources(Map.of(), Stream.of(files).map(Path::toString).toList(), List.of(), MAX_TIME,
				new StandardEnvironment()).modules();
	}

}
