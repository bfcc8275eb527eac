package dev.udpprobe.config;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

import dev.udpprobe.auth.SharedKey;
import dev.udpprobe.auth.Signer;
import dev.udpprobe.destination.Target;
import dev.udpprobe.destination.Targets;
import dev.udpprobe.module.BadSettingException;
import dev.udpprobe.module.ProbeModule;
import dev.udpprobe.module.ModuleSpec.LocalPort;
import dev.udpprobe.monitor.RoundSettings;
import dev.udpprobe.monitor.TargetSpec;
import dev.udpprobe.net.HostAndPort;

/**
 * A target with a name, of the configuration or a file.
 *
 * @param name What requests and metrics call it: 1 to 63 lower-case letters, digits, dots,
 * dashes and underscores, but neither echo nor ad-hoc.
 * @param address Where it is: host:port or [IPv6 address]:port, with a port from 1 to
 * 65535.
 * @param key What is sent there is signed with: 16 to 1024 bytes of UTF-8; empty to sign
 * nothing.
 * @param module What is sent there where a request does not say: the name of a module; empty for a request's message.
 * @param with Values of the module's settings, by name.
 * @param interval From one round of the monitor to the next, of a target with a module: a duration from 100ms to 1d, or 0 for
 * none; monitor.interval if empty.
 * @param timeout How long a round waits for an answer: a duration from 1ms to client.max-timeout; the module's, or client.timeout,
 * if empty.
 * @param rise How many rounds in a row have to pass until a target that is down is up: 1 to 100.
 * @param fall How many rounds in a row have to fail until a target that is up is down: 1 to 100.
 * @param port Whether rounds leave from a fresh local port each, or all from one that is kept: fresh or kept; the module's if empty.
 * @param labels What else is known of it, by name: at most 16, with values of up to 200 characters.
 */
record TargetProperties(@DefaultValue("") String name, @Nullable HostAndPort address, @Nullable SharedKey key,
		@Nullable String module, @DefaultValue Map<String, String> with, @Nullable Duration interval,
		@Nullable Duration timeout, @DefaultValue("1") int rise, @DefaultValue("2") int fall,
		@Nullable LocalPort port, @DefaultValue Map<String, String> labels) {

	private static final int MAX_ROUNDS = 100;

	private static final Pattern NAME = Pattern.compile("[a-z0-9](?:[a-z0-9._-]{0,61}[a-z0-9])?");

	TargetProperties {
		key = Check.key("udp-probe.targets[].key of '%s'".formatted(name), key);
	}

	/**
	 * @param keys what a key is called where this target is given
	 * @throws IllegalArgumentException with a clause that says which is wrong, and what it takes
	 */
	void check(UnaryOperator<String> keys, Duration maxTimeout) {
		if (this.interval != null && !this.interval.isZero()) {
			Check.range(keys.apply("interval"), this.interval, RoundSettings.MIN_INTERVAL, RoundSettings.MAX_INTERVAL);
			if (asks() == null) {
				throw new IllegalArgumentException(keys.apply("interval") + " takes a module beside it");
			}
		}
		if (this.timeout != null) {
			Check.range(keys.apply("timeout"), this.timeout, Duration.ofMillis(1), maxTimeout);
		}
		Check.range(keys.apply("rise"), this.rise, 1, MAX_ROUNDS);
		Check.range(keys.apply("fall"), this.fall, 1, MAX_ROUNDS);
		try {
			TargetLabels.check(this.labels);
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException("%s are not taken: %s".formatted(keys.apply("labels"), ex.getMessage()),
					ex);
		}
	}

	static void checkName(String key, String name) {
		if (!NAME.matcher(name).matches() || name.equals(Targets.ECHO) || name.equals(Target.AD_HOC)) {
			throw Check.wrong(key, name,
					"1 to 63 lower-case letters, digits, dots, dashes and underscores, but neither echo nor ad-hoc");
		}
	}

	/**
	 * Checks a target of the configuration, but for its module.
	 */
	void checkConfigured(Duration maxTimeout) {
		checkName("udp-probe.targets[].name", this.name);
		if (this.address == null) {
			throw Check.wrong(configured("address"), "", HostAndPort.TAKES);
		}
		check(this::configured, maxTimeout);
	}

	/**
	 * @return what is said of a key of a target of the configuration
	 */
	String configured(String key) {
		return "udp-probe.targets[].%s of '%s'".formatted(key, this.name);
	}

	HostAndPort where() {
		return Objects.requireNonNull(this.address);
	}

	Target target() {
		HostAndPort where = where();
		return new Target(this.name, () -> where, (this.key != null) ? new Signer(this.key) : null, asks());
	}

	/**
	 * @param interval of a target that has none of its own
	 * @param source the file that names it; empty for the configuration
	 */
	TargetSpec spec(Duration interval, String source) {
		Duration own = (this.interval != null) ? this.interval : interval;
		return new TargetSpec(target(), (asks() != null)
				? new RoundSettings(own, this.timeout, this.rise, this.fall, this.port)
				: RoundSettings.BY_HAND, this.labels, source);
	}

	private Target.@Nullable Asks asks() {
		return (this.module != null && !this.module.isBlank()) ? new Target.Asks(this.module, this.with) : null;
	}

	/**
	 * @param keys what a key is called where this target is given
	 * @throws IllegalArgumentException with a clause, if there is no such module, or it does not take what is configured
	 */
	void check(Function<String, @Nullable ProbeModule> modules, UnaryOperator<String> keys) {
		Target.Asks asks = asks();
		if (asks == null) {
			return;
		}
		ProbeModule module = modules.apply(asks.module());
		if (module == null) {
			throw new IllegalArgumentException(
					"%s is '%s', and there is no such module".formatted(keys.apply("module"), asks.module()));
		}
		if (this.port == LocalPort.KEPT && !module.socket().canKeepPort()) {
			throw new IllegalArgumentException(
					"%s is 'kept', and the module %s takes a socket that is not connected, or names its port"
							.formatted(keys.apply("port"), asks.module()));
		}
		try {
			module.checkConfigured(asks.with());
		}
		catch (BadSettingException ex) {
			throw new IllegalArgumentException(
					"%s is not taken: %s".formatted(keys.apply("with." + ex.setting()), ex.getMessage()), ex);
		}
	}

	/**
	 * Without the values, of which some are secret.
	 */
	@Override
	public String toString() {
		return this.name;
	}

}
