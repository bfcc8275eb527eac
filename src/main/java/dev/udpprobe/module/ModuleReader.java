package dev.udpprobe.module;

import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import dev.udpprobe.exchange.ExchangeOptions.AnswersFrom;
import dev.udpprobe.module.ModuleSpec.Again;
import dev.udpprobe.module.ModuleSpec.LocalPort;
import dev.udpprobe.module.ModuleSpec.SocketSpec;
import dev.udpprobe.module.ModuleSpec.Success;
import dev.udpprobe.net.Addresses;

/**
 * Makes a module of what is written, or says which key is wrong.
 */
final class ModuleReader {

	private static final SocketSpec SOCKET = new SocketSpec(null, null, null, null, null, null, null, null, null);

	private static final Duration MAX_TIME = Duration.ofHours(1);

	private ModuleReader() {}

	/**
	 * @param protocol the name of the module that says what is sent
	 * @param spec with all that it has from others
	 * @param maxTime how long it waits in all at the most
	 * @throws ModuleException if it is none
	 */
	static ProbeModule read(String name, String protocol, ModuleSpec spec, Duration maxTime) {
		Map<String, Setting> settings = new LinkedHashMap<>();
		orEmpty(spec.settings()).forEach((setting, each) -> settings.put(setting, setting(setting, each)));
		Map<String, String> values = values(settings, orEmpty(spec.with()));
		ProbeModule.Speech speech;
		Function<Map<String, byte[]>, Secrets> secrets;
		Set<String> fields;
		if (spec.codec() != null) {
			Codecs codec = Codecs.of(spec);
			settings.values().stream().filter(Setting::secret).findFirst().ifPresent((setting) -> {
				throw new ModuleException("settings.%s.secret".formatted(setting.name()),
						"a codec writes it in a form of its own, which could not be hidden");
			});
			speech = (given, _) -> {
				Codec.Message message = codec.codec().message(given);
				return (_) -> new Said.ByCodec(message);
			};
			fields = codec.fields();
			secrets = (_) -> Secrets.NONE;
		}
		else {
			boolean summed = isSummed(spec);
			Layouts layouts = Layouts.of(spec, settings.values(), summed);
			speech = (_, hidden) -> (known) -> Said.ByLayout.of(layouts, hidden, layouts.send(), known);
			fields = layouts.fields();
			secrets = (known) -> new Secrets(layouts.secrets(), known, summed, layouts.keyed());
		}
		if (spec.success() == Success.SILENT && spec.socket() != null
				&& Boolean.FALSE.equals(spec.socket().connected())) {
			throw new ModuleException("success", "silence says nothing where the socket does not hear of refusals");
		}
		Verdicts verdicts = Verdicts.of(spec, fields, asked(settings.values()));
		return new ProbeModule(name, protocol, (spec.about() != null) ? spec.about() : "", port(spec), settings, values,
				secrets, speech, verdicts, tries(spec, maxTime), socket(spec.socket()));
	}

	/**
	 * @return the names of those that a request may give
	 */
	private static Set<String> asked(Collection<Setting> settings) {
		return settings.stream().filter((setting) -> !setting.secret()).map(Setting::name).collect(Collectors.toSet());
	}

	/**
	 * @return whether a checksum is written, or expected; where it only looks like one, more is hidden than has to be
	 */
	private static boolean isSummed(ModuleSpec spec) {
		ModuleSpec.FollowUpSpec more = spec.followUp();
		return Stream.of(spec.send(), spec.answer(), spec.pass(), (more != null) ? more.when() + more.send() : null)
				.anyMatch((text) -> Checksum.mayBeIn(String.valueOf(text)));
	}

	private static SocketSpec socket(@Nullable SocketSpec spec) {
		if (spec == null) {
			return SOCKET;
		}
		boolean connected = !Boolean.FALSE.equals(spec.connected());
		boolean others = spec.answersFrom() != null && spec.answersFrom() != AnswersFrom.TARGET;
		if (others && Boolean.TRUE.equals(spec.connected())) {
			throw new ModuleException("socket.connected", "a connected socket hears the target alone");
		}
		if ((spec.sourcePort() != null || spec.localPort() == LocalPort.KEPT) && (others || !connected)) {
			throw new ModuleException((spec.sourcePort() != null) ? "socket.source-port" : "socket.local-port",
					"it takes a connected socket, because another would receive what others send to that port");
		}
		if (spec.sourcePort() != null && spec.localPort() == LocalPort.KEPT) {
			throw new ModuleException("socket.local-port", "source-port says which one already");
		}
		if (spec.source() != null && Addresses.literal(spec.source()).isEmpty()) {
			throw new ModuleException("socket.source", "'%s' is not an IP address".formatted(spec.source()));
		}
		range("socket.source-port", spec.sourcePort(), 1, 65_535);
		range("socket.ttl", spec.ttl(), 1, 255);
		range("socket.dscp", spec.dscp(), 0, 63);
		return spec;
	}

	private static void range(String key, @Nullable Integer value, int min, int max) {
		if (value != null && (value < min || value > max)) {
			throw new ModuleException(key, "it takes %d to %d".formatted(min, max));
		}
	}

	private static int port(ModuleSpec spec) {
		range("port", spec.port(), 1, 65_535);
		return (spec.port() != null) ? spec.port() : 0;
	}

	static <T> Map<String, T> orEmpty(@Nullable Map<String, T> map) {
		return (map != null) ? map : Map.of();
	}

	private static Setting setting(String name, ModuleSpec.SettingSpec spec) {
		String key = "settings." + name;
		if (!Cursor.isName(name)) {
			throw new ModuleException(key, "a name takes a lower-case letter, then letters and digits, at most %d"
					.formatted(Cursor.MAX_NAME));
		}
		if (Layouts.GIVEN.contains(name)) {
			throw new ModuleException(key, "%s has a value already; take another name".formatted(name));
		}
		try {
			Setting.Takes takes = Setting.Takes.parse((spec.takes() != null) ? spec.takes() : "text");
			return new Setting(name, (spec.about() != null) ? spec.about() : "", spec.value(), takes,
					Boolean.TRUE.equals(spec.secret()));
		}
		catch (SyntaxException ex) {
			throw new ModuleException(key + ".takes", ex);
		}
	}

	private static Map<String, String> values(Map<String, Setting> settings, Map<String, String> with) {
		Map<String, String> values = new LinkedHashMap<>();
		settings.forEach((name, setting) -> {
			String value = with.containsKey(name) ? with.get(name) : setting.defaultValue();
			if (value != null) {
				try {
					setting.checkConfigured(value);
				}
				catch (BadSettingException ex) {
					throw new ModuleException(
							with.containsKey(name) ? "with." + name : "settings.%s.value".formatted(name),
							String.valueOf(ex.getMessage()));
				}
				values.put(name, value);
			}
		});
		with.keySet().stream().filter((name) -> !settings.containsKey(name)).findFirst().ifPresent((name) -> {
			throw new ModuleException("with." + name,
					settings.isEmpty()
							? "there is no such setting; there is none"
							: "there is no such setting; there are " + String.join(", ", settings.keySet()));
		});
		return values;
	}

	/**
	 * What is longer than the longest time is cut, so that the library is taken with every configuration.
	 */
	private static ProbeModule.Tries tries(ModuleSpec spec, Duration maxTime) {
		List<Duration> waits = (spec.tries() != null) ? spec.tries() : List.of();
		if (waits.size() > ModuleDialogue.MAX_TRIES || !waits.stream().allMatch(ModuleReader::isTime)) {
			throw new ModuleException("tries", "it takes 1 to %d durations of more than 0, and of at most %d h each"
					.formatted(ModuleDialogue.MAX_TRIES, MAX_TIME.toHours()));
		}
		Duration total = (spec.timeout() != null || waits.isEmpty())
				? spec.timeout()
				: waits.stream().reduce(Duration.ZERO, Duration::plus);
		if (total != null && spec.timeout() != null && !isTime(total)) {
			throw new ModuleException("timeout",
					"it takes a duration of more than 0 and at most %d h".formatted(MAX_TIME.toHours()));
		}
		return new ProbeModule.Tries((total != null && total.compareTo(maxTime) > 0) ? maxTime : total, waits,
				(spec.again() != null) ? spec.again() : Again.FRESH, spec.followUp() != null);
	}

	private static boolean isTime(Duration time) {
		return time.isPositive() && time.compareTo(MAX_TIME) <= 0;
	}

}
