package dev.udpprobe.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.PlaceholdersResolver;
import org.springframework.boot.context.properties.bind.PropertySourcesPlaceholdersResolver;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.Environment;

import dev.udpprobe.module.ModuleSpec;
import dev.udpprobe.module.Modules;
import dev.udpprobe.module.ProbeModule;

/**
 * Where modules come from: the library in the jar, the configuration, and the files that it names. For one thread at a time.
 */
final class ModuleSources extends FileSources {

	/** The files of the library. */
	private static final List<String> LIBRARY = Stream
			.of("accounts", "calls", "devices", "files", "games", "general", "logs", "mobile", "names", "time", "vpn",
					"web")
			.map("library/%s.yaml"::formatted)
			.toList();

	private static final String CONFIGURED = "udp-probe.modules";

	private final Map<String, ModuleSpec> configured;

	private final Iterable<ConfigurationPropertySource> environment;

	private final PlaceholdersResolver placeholders;

	private final Modules modules;

	private final List<TargetProperties> targets;

	/**
	 * @param configured below udp-probe.modules
	 * @param patterns paths, whose last part may have * and ?
	 * @param targets whose modules have to be there
	 * @throws WrongFileException if what is configured is wrong
	 */
	ModuleSources(Map<String, ModuleSpec> configured, List<String> patterns, List<TargetProperties> targets,
			Duration maxTime, Environment environment) {
		super("udp-probe.module-files", patterns);
		this.configured = configured;
		this.targets = targets;
		this.environment = ConfigurationPropertySources.get(environment);
		this.placeholders = new PropertySourcesPlaceholdersResolver(environment);
		this.modules = new Modules(library(), maxTime);
		var _ = read();
	}

	private static Map<String, ModuleSpec> library() {
		Map<String, ModuleSpec> all = new LinkedHashMap<>();
		LIBRARY.forEach((file) -> library(file).forEach((name, spec) -> {
			if (all.put(name, spec) != null) {
				throw new IllegalStateException("the library has two modules " + name);
			}
		}));
		return all;
	}

	private static Map<String, ModuleSpec> library(String file) {
		try (InputStream in = Modules.class.getResourceAsStream(file)) {
			if (in == null) {
				throw new IllegalStateException("there is no " + file);
			}
			return ModuleFile.read(file, in.readAllBytes(), (value) -> value).modules();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	Modules modules() {
		return this.modules;
	}

	@Override
	String what() {
		return "modules";
	}

	@Override
	void take(Set<Path> files) {
		Map<String, ModuleSpec> all = new LinkedHashMap<>(this.configured);
		Map<String, ModuleFile.Content> origins = new HashMap<>();
		for (Path file : files) {
			ModuleFile.Content content = read(file);
			content.modules().forEach((name, spec) -> {
				if (all.putIfAbsent(name, spec) != null) {
					ModuleFile.Content other = origins.get(name);
					throw new WrongFileException("%s: there is a module %s already, in %s.".formatted(file, name,
							(other != null) ? other.file() : "the configuration"));
				}
				origins.put(name, content);
			});
		}
		try {
			this.modules.replace(all, (found) -> this.targets.forEach((target) -> check(target, found)));
		}
		catch (Modules.WrongModuleException ex) {
			throw new WrongFileException(wrong(ex, origins.get(ex.name())));
		}
	}

	private static void check(TargetProperties target, Map<String, ProbeModule> modules) {
		try {
			target.check(modules::get, target::configured);
		}
		catch (IllegalArgumentException ex) {
			throw new WrongFileException(ex.getMessage() + ".");
		}
	}

	private ModuleFile.Content read(Path path) {
		return ModuleFile.read(path.toString(), bytes(path, ModuleFile.MAX_LENGTH), this.placeholders);
	}

	private String wrong(Modules.WrongModuleException failure, ModuleFile.@Nullable Content file) {
		String key = "%s.%s".formatted((file != null) ? ModuleFile.ROOT : CONFIGURED, failure.name())
				+ (failure.key().isEmpty() ? "" : "." + failure.key());
		String origin = origin(key, (file != null) ? file.sources() : this.environment);
		return "%s%s is not taken: %s.".formatted(key,
				(origin.isEmpty() && file != null) ? " (from %s)".formatted(file.file()) : origin,
				failure.getMessage());
	}

	private static String origin(String key, Iterable<ConfigurationPropertySource> sources) {
		if (!ConfigurationPropertyName.isValid(key)) {
			return "";
		}
		for (ConfigurationPropertySource source : sources) {
			ConfigurationProperty property = source.getConfigurationProperty(ConfigurationPropertyName.of(key));
			if (property != null) {
				return ConfigurationFailureAnalyzer.origin(property);
			}
		}
		return "";
	}

}
