package dev.udpprobe.module;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import dev.udpprobe.module.ModuleSpec.Again;
import dev.udpprobe.module.ModuleSpec.FollowUpSpec;
import dev.udpprobe.module.ModuleSpec.SettingSpec;
import dev.udpprobe.module.ModuleSpec.SocketSpec;
import dev.udpprobe.module.ModuleSpec.Success;

/**
 * Modules as they are written, by their keys.
 */
final class Specs {

	private final Map<String, String> said = new LinkedHashMap<>();

	private @Nullable SocketSpec socket;

	/**
	 * @param keysAndValues such as {@code send}, {@code settings.name}, {@code settings.name.takes}, {@code with.name},
	 * {@code follow-up.when}; durations in ms
	 */
	static Specs of(String... keysAndValues) {
		Specs specs = new Specs();
		for (int i = 0; i < keysAndValues.length; i += 2) {
			specs.said.put(keysAndValues[i], keysAndValues[i + 1]);
		}
		return specs;
	}

	Specs socket(SocketSpec socket) {
		this.socket = socket;
		return this;
	}

	ModuleSpec spec() {
		String port = get("port");
		String timeout = get("timeout");
		String tries = get("tries");
		String success = get("success");
		String again = get("again");
		FollowUpSpec followUp = (get("follow-up.when") != null || get("follow-up.send") != null)
				? new FollowUpSpec(get("follow-up.when"), get("follow-up.send"))
				: null;
		return new ModuleSpec(get("like"), below("with."), get("about"), (port != null) ? Integer.valueOf(port) : null,
				settings(), get("codec"), get("send"), get("answer"), followUp, get("pass"), below("names."),
				get("says"),
				get("silence"), (success != null) ? Success.valueOf(success.toUpperCase(Locale.ROOT)) : null,
				(timeout != null) ? Duration.ofMillis(Long.parseLong(timeout)) : null,
				(tries != null) ? durations(tries) : null,
				(again != null) ? Again.valueOf(again.toUpperCase(Locale.ROOT)) : null, this.socket);
	}

	private static List<Duration> durations(String millis) {
		return Stream.of(millis.split(" ")).map(Long::valueOf).map(Duration::ofMillis).toList();
	}

	private Map<String, SettingSpec> settings() {
		Map<String, SettingSpec> settings = new LinkedHashMap<>();
		below("settings.").forEach((key, value) -> {
			String name = key.split("\\.", 2)[0];
			String secret = get("settings.%s.secret".formatted(name));
			settings.put(name, new SettingSpec(get("settings.%s.about".formatted(name)), get("settings." + name),
					get("settings.%s.takes".formatted(name)), (secret != null) ? Boolean.valueOf(secret) : null));
		});
		return settings;
	}

	private Map<String, String> below(String prefix) {
		Map<String, String> values = new LinkedHashMap<>();
		this.said.forEach((key, value) -> {
			if (key.startsWith(prefix)) {
				values.put(key.substring(prefix.length()), value);
			}
		});
		return values;
	}

	private @Nullable String get(String key) {
		return this.said.get(key);
	}

	/**
	 * @throws ModuleException if it is none
	 */
	ProbeModule module() {
		return ModuleReader.read("test", "test", spec(), Duration.ofSeconds(10));
	}

}
