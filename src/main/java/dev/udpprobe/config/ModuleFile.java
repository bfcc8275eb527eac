package dev.udpprobe.config;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.PlaceholdersResolver;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ByteArrayResource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.DocumentStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.ScalarEvent;

import dev.udpprobe.module.ModuleSpec;

/**
 * A YAML file of modules, which stand below {@code modules} as they do in the configuration below {@code udp-probe.modules}.
 */
final class ModuleFile {

	static final String ROOT = "modules";

	/** In bytes. */
	static final int MAX_LENGTH = 1 << 20;

	/** What YAML 1.1 may take for a number or a truth value. */
	private static final Pattern MAY_BE_OTHER = Pattern
			.compile("[-+.]{0,2}[0-9][-+.0-9A-Za-z_:]{0,40}|(?i:y|n|yes|no|on|off|true|false)");

	private ModuleFile() {}

	/**
	 * What a file says.
	 *
	 * @param file its name
	 * @param sources where each value stands, to find out from where it came
	 */
	record Content(String file, Map<String, ModuleSpec> modules, Iterable<ConfigurationPropertySource> sources) {}

	/**
	 * @param name of the file, for messages
	 * @param placeholders resolves <code>${...}</code>
	 * @throws WrongFileException if it is none
	 */
	static Content read(String name, byte[] bytes, PlaceholdersResolver placeholders) {
		try {
			checkEvents(name, bytes);
			List<PropertySource<?>> loaded = new YamlPropertySourceLoader().load(name, new NamedResource(bytes, name));
			for (PropertySource<?> source : loaded) {
				checkRoots(name, (EnumerablePropertySource<?>) source);
			}
			Iterable<ConfigurationPropertySource> sources = ConfigurationPropertySources.from(loaded);
			Map<String, ModuleSpec> bound = new Binder(sources, placeholders)
					.bind(ROOT, Bindable.mapOf(String.class, ModuleSpec.class),
							new NoUnboundElementsBindHandler(BindHandler.DEFAULT))
					.orElse(null);
			if (bound == null) {
				throw new WrongFileException("%s has no modules.".formatted(name));
			}
			return new Content(name, bound, sources);
		}
		catch (MarkedYAMLException ex) {
			throw new WrongFileException("%s is not YAML: %s, line %d, column %d.".formatted(name, ex.getProblem(),
					ex.getProblemMark().getLine() + 1, ex.getProblemMark().getColumn() + 1));
		}
		catch (YAMLException _) {
			throw new WrongFileException("%s is not YAML.".formatted(name));
		}
		catch (IOException ex) {
			// The bytes are there.
			throw new UncheckedIOException(ex);
		}
		catch (BindException ex) {
			throw new WrongFileException(ConfigurationFailureAnalyzer.describe(ex));
		}
	}

	/**
	 * A few aliases of aliases would be more than any memory has, and a second document would be one that nobody looks for.
	 */
	private static void checkEvents(String name, byte[] bytes) throws IOException {
		boolean begun = false;
		Yaml yaml = new Yaml(new SafeConstructor(new LoaderOptions()));
		try (Reader text = new InputStreamReader(new ByteArrayInputStream(bytes), StandardCharsets.UTF_8)) {
			for (Event event : new Yaml(new LoaderOptions()).parse(text)) {
				boolean second = event instanceof DocumentStartEvent && begun;
				if (event instanceof AliasEvent || second) {
					throw new WrongFileException("%s: %s is not taken, line %d.".formatted(name,
							second ? "a second document" : "an alias", event.getStartMark().getLine() + 1));
				}
				begun |= event instanceof DocumentStartEvent;
				if (event instanceof ScalarEvent scalar) {
					checkScalar(name, scalar, yaml);
				}
			}
		}
	}

	/**
	 * What YAML takes for another text than stands there would be sent as that: 0100 as 64, on as true.
	 */
	private static void checkScalar(String name, ScalarEvent scalar, Yaml yaml) {
		String written = scalar.getValue();
		if (!scalar.isPlain() || !MAY_BE_OTHER.matcher(written).matches()) {
			return;
		}
		Object read = yaml.load(written);
		if ((read instanceof Number || read instanceof Boolean) && !String.valueOf(read).equals(written)) {
			// Not what stands there, which may be a secret.
			throw new WrongFileException(
					"%s: YAML takes a number or a truth value for another text than stands there, so put it in quotes, line %d, column %d."
							.formatted(name, scalar.getStartMark().getLine() + 1,
									scalar.getStartMark().getColumn() + 1));
		}
	}

	private static void checkRoots(String name, EnumerablePropertySource<?> source) {
		for (String property : source.getPropertyNames()) {
			if (!property.equals(ROOT) && !property.startsWith(ROOT + ".")) {
				throw new WrongFileException(
						"%s: it takes %s alone at the beginning of a line, and has %s.".formatted(name, ROOT,
								property));
			}
		}
	}

	/**
	 * Is called by the file's name where something is wrong.
	 */
	private static final class NamedResource extends ByteArrayResource {

		private NamedResource(byte[] bytes, String name) {
			super(bytes, name);
		}

		@Override
		public String toString() {
			return getDescription();
		}

		@Override
		public String getDescription() {
			String description = super.getDescription();
			return description.substring(description.indexOf('[') + 1, description.lastIndexOf(']'));
		}

	}

}
