package dev.udpprobe.module;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.udpprobe.exchange.ExchangeOptions.AnswersFrom;
import dev.udpprobe.module.ModuleSpec.Again;
import dev.udpprobe.module.ModuleSpec.LocalPort;
import dev.udpprobe.module.ModuleSpec.SocketSpec;
import dev.udpprobe.net.Addresses;

/**
 * What is sent and what is expected: a protocol and its settings. Safe for any number of threads.
 */
public final class ProbeModule {

	private static final SocketSpec SOCKET = new SocketSpec(null, null, null, null, null, null, null, null, null);

	private final String name;

	private final String about;

	private final int port;

	private final Map<String, Setting> settings;

	/** Of settings, by name: what the configuration says, or by default. */
	private final Map<String, String> values;

	private final Speech speech;

	private final Verdicts verdicts;

	private final Tries tries;

	private final SocketSpec socket;

	/**
	 * Says the first thing.
	 */
	interface Speech {

		/**
		 * @param settings each with its value
		 * @return says it, given what is known by then
		 * @throws BadSettingException if a value is not taken
		 */
		Opening open(Map<String, String> settings);

	}

	/**
	 * Says the first thing with settings.
	 */
	interface Opening {

		/**
		 * @param known the settings, the message and what is known of the target
		 * @throws BadSettingException if a value cannot be sent
		 */
		Said say(Map<String, byte[]> known);

	}

	/**
	 * When to send, and for how long to wait.
	 *
	 * @param total how long in all; null if nobody says
	 * @param waits after each datagram; one at least, where the last one ends with the total
	 * @param again what is sent then
	 */
	record Tries(@Nullable Duration total, List<Duration> waits, Again again) {}

	private ProbeModule(String name, String about, int port, Map<String, Setting> settings, Map<String, String> values,
			Speech speech, Verdicts verdicts, Tries tries, SocketSpec socket) {
		this.name = name;
		this.about = about;
		this.port = port;
		this.settings = settings;
		this.values = values;
		this.speech = speech;
		this.verdicts = verdicts;
		this.tries = tries;
		this.socket = socket;
	}

	/**
	 * @param spec with all that it has from others
	 * @param maxTime how long it may wait in all
	 * @throws ModuleException if it is none
	 */
	static ProbeModule of(String name, ModuleSpec spec, Duration maxTime) {
		Map<String, Setting> settings = new LinkedHashMap<>();
		orEmpty(spec.settings()).forEach((setting, each) -> settings.put(setting, setting(setting, each)));
		Map<String, String> values = values(settings, orEmpty(spec.with()));
		Speech speech;
		Set<String> fields;
		if (spec.codec() != null) {
			Codecs codec = Codecs.of(spec);
			speech = (given) -> {
				Codec.Message message = codec.codec().message(given);
				return (_) -> new Said.ByCodec(message);
			};
			fields = codec.fields();
		}
		else {
			Layouts layouts = Layouts.of(spec, settings.keySet());
			speech = (_) -> (known) -> Said.ByLayout.of(layouts, layouts.send(), known);
			fields = layouts.fields();
		}
		Verdicts verdicts = Verdicts.of(spec, fields, settings.keySet());
		return new ProbeModule(name, (spec.about() != null) ? spec.about() : "", port(spec), settings, values, speech,
				verdicts,
				tries(spec, maxTime), socket(spec.socket()));
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
		Cursor in = new Cursor(name);
		try {
			if (!in.name().equals(name)) {
				throw new ModuleException(key, "a name takes a lower-case letter, then letters and digits");
			}
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
					setting.check(value);
				}
				catch (BadSettingException ex) {
					throw new ModuleException((with.containsKey(name) ? "with." : "settings.") + name,
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

	private static Tries tries(ModuleSpec spec, Duration maxTime) {
		List<Duration> waits = (spec.tries() != null) ? spec.tries() : List.of();
		Duration sum = waits.stream().reduce(Duration.ZERO, Duration::plus);
		boolean positive = waits.stream().allMatch(Duration::isPositive);
		if (!positive || waits.size() > ModuleDialogue.MAX_TRIES || sum.compareTo(maxTime) > 0) {
			throw new ModuleException("tries",
					"it takes 1 to %d durations of more than 0, and of at most %d ms together"
							.formatted(ModuleDialogue.MAX_TRIES, maxTime.toMillis()));
		}
		Duration total = (spec.timeout() != null) ? spec.timeout() : waits.isEmpty() ? null : sum;
		if (total != null && (!total.isPositive() || total.compareTo(maxTime) > 0)) {
			throw new ModuleException("timeout",
					"it takes a duration of more than 0 and at most %d ms".formatted(maxTime.toMillis()));
		}
		return new Tries(total, waits, (spec.again() != null) ? spec.again() : Again.FRESH);
	}

	public String name() {
		return this.name;
	}

	/**
	 * @return a sentence that says what it asks; may be empty
	 */
	public String about() {
		return this.about;
	}

	/**
	 * @return what it can be told, in order
	 */
	public List<Setting> settings() {
		return List.copyOf(this.settings.values());
	}

	/**
	 * @return the value where a request does not say; null if there is none, and for a secret
	 */
	public @Nullable String value(Setting setting) {
		return setting.secret() ? null : this.values.get(setting.name());
	}

	/**
	 * @return whether a request's message is sent
	 */
	public boolean takesMessage() {
		return this.settings.containsKey(ModuleSpec.MESSAGE);
	}

	/**
	 * @return how long it waits in all; null if it does not say
	 */
	public @Nullable Duration timeout() {
		return this.tries.total();
	}

	/**
	 * @return the port of a target that has none: 1 to 65535; 0 if it does not say
	 */
	public int port() {
		return this.port;
	}

	/**
	 * @return how its datagrams are sent
	 */
	public SocketSpec socket() {
		return this.socket;
	}

	/**
	 * Asks with settings.
	 * @param configured values of settings, of which some may be secret
	 * @param given values by whoever asks, before those that are configured
	 * @param message to send, or null for the one that is configured; an empty one is none where the module sends none
	 * @throws BadSettingException if a setting is not there, secret, missing or has a value that is not taken
	 */
	public ModuleRequest request(Map<String, String> configured, Map<String, String> given, byte @Nullable [] message) {
		checkConfigured(configured);
		given.forEach((name, value) -> {
			Setting setting = setting(name);
			if (setting.secret()) {
				throw new BadSettingException(name, "it is a secret, which the configuration alone may give");
			}
			setting.check(value);
		});
		Map<String, String> all = new LinkedHashMap<>(this.values);
		all.putAll(configured);
		all.putAll(given);
		Map<String, byte[]> known = new HashMap<>();
		all.forEach((name, value) -> known.put(name, Layouts.utf8(value)));
		if (message != null && (takesMessage() || message.length > 0)) {
			known.put(setting(ModuleSpec.MESSAGE).name(), message);
		}
		for (Setting setting : this.settings.values()) {
			if (!known.containsKey(setting.name())) {
				throw new BadSettingException(setting.name(),
						"it is missing; the module %s takes %s".formatted(this.name, setting.takes()));
			}
		}
		try {
			return new ModuleRequest(this, this.speech.open(all), known, this.verdicts.with(this.settings, all),
					this.tries);
		}
		catch (BadSettingException ex) {
			Setting wrong = this.settings.get(ex.setting());
			if (wrong == null || !wrong.secret()) {
				throw ex;
			}
			throw new BadSettingException(ex.setting(), "the configured value cannot be sent as the module sends it");
		}
	}

	/**
	 * Checks values that the configuration gives, of which some may be secret.
	 * @throws BadSettingException if one is of no setting, or not taken
	 */
	public void checkConfigured(Map<String, String> values) {
		values.forEach((name, value) -> setting(name).check(value));
	}

	private Setting setting(String name) {
		Setting setting = this.settings.get(name);
		if (setting == null) {
			throw new BadSettingException(name, name.equals(ModuleSpec.MESSAGE)
					? "the module %s takes none; the module any sends a message as it is".formatted(this.name)
					: "the module %s has no such setting; it has %s".formatted(this.name, names()));
		}
		return setting;
	}

	/**
	 * @return the names of the settings, for messages
	 */
	private String names() {
		Set<String> names = new LinkedHashSet<>(this.settings.keySet());
		names.remove(ModuleSpec.MESSAGE);
		return names.isEmpty() ? "none" : String.join(", ", names);
	}

	/**
	 * @return the values that nothing may show
	 */
	List<byte[]> secrets(Map<String, byte[]> known) {
		return this.settings.values().stream()
				.filter(Setting::secret)
				.map((setting) -> known.get(setting.name()))
				.filter((value) -> value != null && value.length > 0)
				.toList();
	}

}
