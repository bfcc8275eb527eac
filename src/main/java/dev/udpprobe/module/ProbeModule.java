package dev.udpprobe.module;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import dev.udpprobe.module.ModuleSpec.Again;
import dev.udpprobe.module.ModuleSpec.SocketSpec;

/**
 * What is sent and what is expected: a protocol and its settings. Safe for any number of threads.
 */
public final class ProbeModule {

	private final String name;

	private final String protocol;

	private final String about;

	private final int port;

	private final Map<String, Setting> settings;

	/** Of settings, by name: what the configuration says, or by default. */
	private final Map<String, String> values;

	private final Function<Map<String, byte[]>, Secrets> secrets;

	private final Speech speech;

	private final Verdicts verdicts;

	private final Tries tries;

	private final SocketSpec socket;

	private final Recent<Values, ModuleRequest> recent = new Recent<>(
			(values) -> make(values.configured(), values.given(), null));

	/**
	 * What settings are given.
	 */
	private record Values(Map<String, String> configured, Map<String, String> given) {

		private Values {
			configured = Map.copyOf(configured);
			given = Map.copyOf(given);
		}

		@Override
		public String toString() {
			return this.given.keySet().toString();
		}

	}

	/**
	 * Says the first thing.
	 */
	interface Speech {

		/**
		 * @param settings each with its value
		 * @param secrets of them
		 * @return says it, given what is known by then
		 * @throws BadSettingException if a value is not taken
		 */
		Opening open(Map<String, String> settings, Secrets secrets);

	}

	/**
	 * Says the first thing with settings.
	 */
	interface Opening {

		/**
		 * @param known the settings, the message and what is known of the target; its own from now on
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
	 * @param followsUp whether a datagram that comes may ask for another one
	 */
	record Tries(@Nullable Duration total, List<Duration> waits, Again again, boolean followsUp) {}

	/**
	 * @param secrets makes of the values of settings those that are secret
	 */
	ProbeModule(String name, String protocol, String about, int port, Map<String, Setting> settings,
			Map<String, String> values, Function<Map<String, byte[]>, Secrets> secrets, Speech speech,
			Verdicts verdicts, Tries tries, SocketSpec socket) {
		this.name = name;
		this.protocol = protocol;
		this.about = about;
		this.port = port;
		this.settings = settings;
		this.values = values;
		this.secrets = secrets;
		this.speech = speech;
		this.verdicts = verdicts;
		this.tries = tries;
		this.socket = socket;
	}

	public String name() {
		return this.name;
	}

	/**
	 * @return the name of the module that says what is sent: its own, or that of the one that it is like
	 */
	public String protocol() {
		return this.protocol;
	}

	/**
	 * @return a sentence that says what it asks; may be empty
	 */
	public String about() {
		return this.about;
	}

	/**
	 * @return the names of the values that an answer may have
	 */
	public List<String> fields() {
		return List.copyOf(this.verdicts.fields());
	}

	/**
	 * @return a clause that says what silence may mean; may be empty
	 */
	public String silence() {
		return this.verdicts.silence();
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
	 * @return whether the answer may come to a second datagram, which what comes to the first one asks for
	 */
	public boolean followsUp() {
		return this.tries.followsUp();
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
		// An empty one may be none.
		return (message == null)
				? this.recent.get(new Values(configured, given))
				: make(configured, given, message);
	}

	private ModuleRequest make(Map<String, String> configured, Map<String, String> given, byte @Nullable [] message) {
		configured.forEach((name, value) -> setting(name).checkConfigured(value));
		given.forEach(this::checkGiven);
		Map<String, String> all = new LinkedHashMap<>(this.values);
		all.putAll(configured);
		all.putAll(given);
		Map<String, byte[]> known = new HashMap<>();
		all.forEach((name, value) -> known.put(name, Layouts.utf8(value)));
		if (message != null && (takesMessage() || message.length > 0)) {
			checkGiven(ModuleSpec.MESSAGE, Layouts.text(message));
			all.put(ModuleSpec.MESSAGE, Layouts.text(message));
			known.put(ModuleSpec.MESSAGE, message);
		}
		for (Setting setting : this.settings.values()) {
			if (!known.containsKey(setting.name())) {
				throw missing(setting);
			}
		}
		Secrets secrets = this.secrets.apply(known);
		try {
			return new ModuleRequest(this, this.speech.open(all, secrets), known,
					this.verdicts.with(this.settings, all, secrets), this.tries, secrets);
		}
		catch (BadSettingException ex) {
			Setting setting = this.settings.get(ex.setting());
			throw (setting != null && setting.secret())
					? new BadSettingException(setting.name(),
							"the configured value cannot be sent as the module sends it")
					: ex;
		}
	}

	private void checkGiven(String name, String value) {
		Setting setting = setting(name);
		if (setting.secret()) {
			throw new BadSettingException(name, "it is a secret, which the configuration alone may give");
		}
		setting.check(value);
	}

	/**
	 * Checks values that the configuration gives, of which some may be secret; as far as possible, since a request may give others.
	 * @throws BadSettingException if one is of no setting, or not taken
	 */
	public void checkConfigured(Map<String, String> values) {
		values.forEach((name, value) -> setting(name).checkConfigured(value));
		Set<String> missing = new LinkedHashSet<>(this.settings.keySet());
		missing.removeAll(this.values.keySet());
		missing.removeAll(values.keySet());
		missing.stream().map(this::setting).filter(Setting::secret).findFirst().ifPresent((secret) -> {
			throw missing(secret);
		});
		if (missing.isEmpty()) {
			var _ = request(values, Map.of(), null);
		}
	}

	/**
	 * Checks values where messages are yet to come.
	 * @throws BadSettingException if the module sends no message, or one of the values is of no setting, secret, or not taken
	 */
	public void checkForMessages(Map<String, String> configured, Map<String, String> given) {
		var _ = setting(ModuleSpec.MESSAGE);
		configured.forEach((name, value) -> setting(name).checkConfigured(value));
		given.forEach(this::checkGiven);
	}

	private BadSettingException missing(Setting setting) {
		return new BadSettingException(setting.name(), setting.secret()
				? "it is missing, and only the configuration may give it, below with"
				: "it is missing; the module %s takes %s".formatted(this.name, setting.takes()));
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

}
