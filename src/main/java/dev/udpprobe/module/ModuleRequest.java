package dev.udpprobe.module;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

import dev.udpprobe.net.AddressText;
import dev.udpprobe.outcome.Outcome;

/**
 * A module with the values of its settings, for any number of exchanges. Safe for any number of threads.
 */
public final class ModuleRequest {

	private static final InetSocketAddress ANYWHERE = new InetSocketAddress("0.0.0.0", 0);

	private static final InetSocketAddress ANYWHERE_IPV6 = new InetSocketAddress("::", 0);

	/** Hardly ever do more values come to those of the settings. */
	private static final int MORE = 8;

	private final ProbeModule module;

	private final ProbeModule.Opening opening;

	private final Map<String, byte[]> known;

	private final Verdicts verdicts;

	private final ProbeModule.Tries tries;

	private final Secrets secrets;

	/**
	 * @param known the settings with their values
	 * @throws BadSettingException if a value cannot be sent as the module has to send it
	 */
	ModuleRequest(ProbeModule module, ProbeModule.Opening opening, Map<String, byte[]> known, Verdicts verdicts,
			ProbeModule.Tries tries, Secrets secrets) {
		this.module = module;
		this.opening = opening;
		this.known = known;
		this.verdicts = verdicts;
		this.tries = tries;
		this.secrets = secrets;
		// Said once, to hear now what cannot be said; of the address that it will leave from nothing is known but its version.
		try {
			var _ = say("", ANYWHERE);
		}
		catch (BadSettingException ex) {
			try {
				var _ = say("", ANYWHERE_IPV6);
			}
			catch (BadSettingException _) {
				throw ex;
			}
		}
	}

	public ProbeModule module() {
		return this.module;
	}

	/**
	 * @return the settings with their values, by name; of a secret, asterisks
	 */
	public SequencedMap<String, String> settings() {
		SequencedMap<String, String> settings = new LinkedHashMap<>();
		for (Setting setting : this.module.settings()) {
			byte[] value = this.known.get(setting.name());
			settings.put(setting.name(), setting.secret() || value == null ? Secrets.MASK : Layouts.text(value));
		}
		return settings;
	}

	/**
	 * @return what is sent first; with fresh ids each time
	 */
	public byte[] message(String target, InetSocketAddress local) {
		return say(target, local).datagram();
	}

	Said say(String target, InetSocketAddress local) {
		Map<String, byte[]> all = HashMap.newHashMap(this.known.size() + MORE);
		all.putAll(this.known);
		all.put(Layouts.TARGET, Layouts.utf8(target));
		all.put(Layouts.LOCAL, Layouts.utf8(AddressText.of(local)));
		all.put(Layouts.TRY, Layouts.utf8("1"));
		return this.opening.say(all);
	}

	/**
	 * @param target as it is named: host and port
	 * @param timeout how long to wait in all; positive
	 * @param signing what becomes of each datagram before it is sent
	 * @return what it says and hears, in one exchange
	 */
	public ModuleDialogue dialogue(String target, Duration timeout, UnaryOperator<byte[]> signing) {
		return new ModuleDialogue((local) -> say(target, local), this.tries, this.verdicts, timeout, signing);
	}

	/**
	 * Asks once, for whoever sends it by itself.
	 * @param target as it is named: host and port
	 * @return with fresh ids each time
	 * @throws BadSettingException if a value cannot be sent as the module has to send it
	 */
	public Asked ask(String target, InetSocketAddress local) {
		return new Asked(say(target, local), this.verdicts);
	}

	/**
	 * @param outcome of what was asked on a connected socket
	 * @param answer what is made of the answer; null if there was none
	 */
	public Judgement judge(Outcome outcome, @Nullable Judgement answer) {
		return this.verdicts.judge(outcome, answer, true);
	}

	/**
	 * @return what is made of an exchange that was none
	 */
	public static Judgement unsent() {
		return Judgement.withoutAnswer(false, "");
	}

	/**
	 * @return the bytes with nothing secret in them
	 */
	public byte[] masked(byte[] bytes) {
		return this.secrets.masked(bytes);
	}

	/**
	 * Without values, of which some are secret.
	 */
	@Override
	public String toString() {
		return this.module.name() + List.copyOf(this.module.settings().stream().map(Setting::name).toList());
	}

}
