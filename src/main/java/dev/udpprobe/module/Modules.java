package dev.udpprobe.module;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * All modules by their names: those of the library, and those of the configuration and of files, which may take their place. It
 * may be replaced as a whole at any time. Safe for any number of threads.
 */
public final class Modules {

	private static final Pattern NAME = Pattern.compile("[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?");

	private static final int MAX = 10_000;

	private static final int MAX_DEPTH = 8;

	private final Map<String, ModuleSpec> library;

	private final Duration maxTime;

	private volatile Map<String, ProbeModule> byName;

	/**
	 * What is wrong with a module.
	 */
	public static final class WrongModuleException extends RuntimeException {

		private final String name;

		private final String key;

		WrongModuleException(String name, ModuleException cause) {
			super(cause.getMessage(), cause);
			this.name = name;
			this.key = cause.key();
		}

		/**
		 * @return the module's name
		 */
		public String name() {
			return this.name;
		}

		/**
		 * @return which key of it is wrong
		 */
		public String key() {
			return this.key;
		}

	}

	/**
	 * @param library that is always there
	 * @param maxTime how long a module may wait in all
	 * @throws WrongModuleException if one is none
	 */
	public Modules(Map<String, ModuleSpec> library, Duration maxTime) {
		this.library = library;
		this.maxTime = maxTime;
		this.byName = compiled(Map.of());
	}

	/**
	 * Takes others than before beside the library. If one is wrong, all stay as they are.
	 * @param check looks at what would be there, and throws if that will not do
	 * @throws WrongModuleException if one is none
	 */
	public void replace(Map<String, ModuleSpec> others, Consumer<Map<String, ProbeModule>> check) {
		Map<String, ProbeModule> compiled = compiled(others);
		check.accept(compiled);
		this.byName = compiled;
	}

	private Map<String, ProbeModule> compiled(Map<String, ModuleSpec> others) {
		if (others.size() > MAX) {
			throw new WrongModuleException("",
					new ModuleException("", "there are more than %,d modules".formatted(MAX)));
		}
		Map<String, ModuleSpec> all = new LinkedHashMap<>(this.library);
		all.putAll(others);
		Map<String, ProbeModule> compiled = new TreeMap<>();
		all.forEach((name, spec) -> {
			try {
				if (!NAME.matcher(name).matches()) {
					throw new ModuleException("",
							"a module's name takes 1 to 63 lower-case letters, digits and dashes, a letter first");
				}
				ModuleSpec whole = whole(name, spec, all, 0);
				compiled.put(name, ModuleReader.read(name, protocol(name, spec, all), whole, this.maxTime));
			}
			catch (ModuleException ex) {
				throw new WrongModuleException(name, ex);
			}
		});
		return compiled;
	}

	/**
	 * One that is like a module of its own name is like the library's.
	 */
	private ModuleSpec whole(String name, ModuleSpec spec, Map<String, ModuleSpec> all, int depth) {
		String like = spec.like();
		if (like == null) {
			return spec;
		}
		ModuleSpec base = like.equals(name) ? this.library.get(like) : all.get(like);
		if (base == null) {
			throw new ModuleException("like", "there is no module %s".formatted(like));
		}
		if (depth == MAX_DEPTH) {
			throw new ModuleException("like", "too many modules are like each other");
		}
		return spec.like(whole(like, base, all, depth + 1));
	}

	/**
	 * @return the name of the module that says what is sent
	 */
	private String protocol(String name, ModuleSpec spec, Map<String, ModuleSpec> all) {
		String like = spec.like();
		ModuleSpec base = (like == null || spec.saysWhatIsSent() || like.equals(name)) ? null : all.get(like);
		return (base != null) ? protocol(String.valueOf(like), base, all) : name;
	}

	/**
	 * @return null if there is none
	 */
	public @Nullable ProbeModule find(String name) {
		return this.byName.get(name);
	}

	/**
	 * @return all, by name
	 */
	public List<ProbeModule> all() {
		return List.copyOf(this.byName.values());
	}

}
