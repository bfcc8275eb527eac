package dev.udpprobe.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.PatternSyntaxException;

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
import dev.udpprobe.net.ErrorText;

/**
 * Where modules come from: the library in the jar, the configuration, and the files that it names. For one thread at a time.
 */
final class ModuleSources {

	private static final String LIBRARY = "library.yaml";

	private static final String CONFIGURED = "udp-probe.modules";

	private static final int MAX_FILES = 1_000;

	private final Map<String, ModuleSpec> configured;

	private final List<String> patterns;

	private final Iterable<ConfigurationPropertySource> environment;

	private final PlaceholdersResolver placeholders;

	private final Modules modules;

	private final List<TargetProperties> targets;

	/** How the files were when they were read; null if they could not even be looked at. */
	private @Nullable Map<Path, Seen> seen;

	/** How the files were at the last look, if that was another than they were read with. */
	private Map<Path, Seen> changed = Map.of();

	/**
	 * A file as it was read. What it is a link to counts, too: so does Kubernetes change files.
	 */
	private record Seen(@Nullable Path real, long length, long modifiedMillis) {}

	/**
	 * @param configured below udp-probe.modules
	 * @param patterns paths, whose last part may have * and ?
	 * @param targets whose modules have to be there
	 * @throws ModuleFileException if what is configured is wrong
	 */
	ModuleSources(Map<String, ModuleSpec> configured, List<String> patterns, List<TargetProperties> targets,
			Duration maxTime, Environment environment) {
		this.configured = configured;
		this.targets = targets;
		this.patterns = patterns;
		this.environment = ConfigurationPropertySources.get(environment);
		this.placeholders = new PropertySourcesPlaceholdersResolver(environment);
		this.modules = new Modules(library(), maxTime);
		read(look());
	}

	private static Map<String, ModuleSpec> library() {
		try (InputStream in = Modules.class.getResourceAsStream(LIBRARY)) {
			if (in == null) {
				throw new IllegalStateException("there is no " + LIBRARY);
			}
			return ModuleFile.read(LIBRARY, in, (value) -> value).modules();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	Modules modules() {
		return this.modules;
	}

	/**
	 * @return whether files are named
	 */
	boolean hasFiles() {
		return !this.patterns.isEmpty();
	}

	/**
	 * Reads the files again if any has changed, and has stood since the last look, so that nobody is writing it.
	 * @return whether they were read
	 * @throws ModuleFileException if one is wrong; then all modules stay as they are until files change again
	 */
	boolean readIfChanged() {
		Map<Path, Seen> now = lookAgain();
		if (now.equals(this.seen)) {
			return false;
		}
		if (!now.equals(this.changed)) {
			this.changed = now;
			return false;
		}
		read(now);
		return true;
	}

	/**
	 * Reads the files again.
	 * @return whether they have changed
	 * @throws ModuleFileException if one is wrong; then all modules stay as they are until files change again
	 */
	boolean read() {
		Map<Path, Seen> now = lookAgain();
		boolean changed = !now.equals(this.seen);
		read(now);
		return changed;
	}

	/**
	 * Where it fails, the next look that does not finds a change.
	 */
	private Map<Path, Seen> lookAgain() {
		try {
			return look();
		}
		catch (ModuleFileException ex) {
			this.seen = null;
			throw ex;
		}
	}

	private void read(Map<Path, Seen> files) {
		this.seen = files;
		Map<String, ModuleSpec> all = new LinkedHashMap<>(this.configured);
		Map<String, ModuleFile.Content> origins = new HashMap<>();
		for (Path file : files.keySet()) {
			ModuleFile.Content content = read(file);
			content.modules().forEach((name, spec) -> {
				if (all.putIfAbsent(name, spec) != null) {
					ModuleFile.Content other = origins.get(name);
					throw new ModuleFileException("%s: there is a module %s already, in %s.".formatted(file, name,
							(other != null) ? other.file() : "the configuration"));
				}
				origins.put(name, content);
			});
		}
		try {
			this.modules.replace(all, (found) -> this.targets.forEach((target) -> target.check(found)));
		}
		catch (Modules.WrongModuleException ex) {
			throw new ModuleFileException(wrong(ex, origins.get(ex.name())));
		}
	}

	private ModuleFile.Content read(Path path) {
		try (InputStream in = Files.newInputStream(path)) {
			return ModuleFile.read(path.toString(), in, this.placeholders);
		}
		catch (IOException ex) {
			// Who may read it is no change of the file, so the next look tries again.
			this.seen = null;
			throw new ModuleFileException("%s cannot be read: %s.".formatted(path, reason(ex)));
		}
	}

	private static String reason(IOException ex) {
		return switch (ex) {
			case NoSuchFileException _ -> "no such file";
			case AccessDeniedException _ -> "no permission";
			default -> ErrorText.of(ex);
		};
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

	private Map<Path, Seen> look() {
		Map<Path, Seen> files = new TreeMap<>();
		for (String pattern : this.patterns) {
			paths(Path.of(pattern)).forEach((path) -> files.put(path, look(path)));
		}
		if (files.size() > MAX_FILES) {
			throw new ModuleFileException("udp-probe.module-files are more than %,d files.".formatted(MAX_FILES));
		}
		return files;
	}

	private static List<Path> paths(Path pattern) {
		String last = String.valueOf(pattern.getFileName());
		if (!last.contains("*") && !last.contains("?")) {
			return List.of(pattern);
		}
		List<Path> paths = new ArrayList<>();
		Path directory = (pattern.getParent() != null) ? pattern.getParent() : Path.of(".");
		try (DirectoryStream<Path> found = Files.newDirectoryStream(directory, last)) {
			found.forEach((path) -> {
				// Editors lock what they change by files with a dot.
				if (!path.getFileName().toString().startsWith(".")) {
					paths.add(path);
				}
			});
			return paths;
		}
		catch (PatternSyntaxException ex) {
			throw new ModuleFileException(
					"%s is no pattern of file names: %s.".formatted(pattern, ex.getDescription()));
		}
		catch (DirectoryIteratorException ex) {
			throw new ModuleFileException("%s cannot be read: %s.".formatted(directory, ex.getMessage()));
		}
		catch (IOException ex) {
			throw new ModuleFileException("%s cannot be read: %s.".formatted(directory, reason(ex)));
		}
	}

	private static Seen look(Path path) {
		try {
			BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
			return new Seen(path.toRealPath(), attributes.size(), attributes.lastModifiedTime().toMillis());
		}
		catch (IOException _) {
			// To read it says why it cannot be read.
			return new Seen(null, 0, 0);
		}
	}

}
