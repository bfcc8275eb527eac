package dev.udpprobe.config;

import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

import dev.udpprobe.auth.SharedKey;
import dev.udpprobe.auth.Signer;
import dev.udpprobe.destination.Target;
import dev.udpprobe.destination.Targets;
import dev.udpprobe.module.BadSettingException;
import dev.udpprobe.module.ProbeModule;
import dev.udpprobe.net.HostAndPort;

/**
 * A target with a name.
 *
 * @param name What requests and metrics call it: 1 to 63 lower-case letters, digits, dots,
 * dashes and underscores, but neither echo nor ad-hoc.
 * @param address Where it is: host:port or [IPv6 address]:port, with a port from 1 to
 * 65535.
 * @param key What is sent there is signed with: 16 to 1024 bytes of UTF-8; empty to sign
 * nothing.
 * @param module What is sent there where a request does not say: the name of a module; empty for a request's message.
 * @param with Values of the module's settings, by name.
 */
record TargetProperties(@DefaultValue("") String name, @Nullable HostAndPort address, @Nullable SharedKey key,
		@Nullable String module, @DefaultValue Map<String, String> with) {

	private static final Pattern NAME = Pattern.compile("[a-z0-9](?:[a-z0-9._-]{0,61}[a-z0-9])?");

	TargetProperties {
		if (!NAME.matcher(name).matches() || name.equals(Targets.ECHO) || name.equals(Target.AD_HOC)) {
			throw Check.wrong("udp-probe.targets[].name", name,
					"1 to 63 lower-case letters, digits, dots, dashes and underscores, but neither echo nor ad-hoc");
		}
		if (address == null) {
			throw Check.wrong("udp-probe.targets[].address of '%s'".formatted(name), "", HostAndPort.TAKES);
		}
		key = Check.key("udp-probe.targets[].key of '%s'".formatted(name), key);
	}

	Target target() {
		HostAndPort where = Objects.requireNonNull(this.address);
		return new Target(this.name, () -> where, (this.key != null) ? new Signer(this.key) : null, asks());
	}

	private Target.@Nullable Asks asks() {
		return (this.module != null && !this.module.isBlank()) ? new Target.Asks(this.module, this.with) : null;
	}

	/**
	 * @throws ModuleFileException if there is no such module, or it has no such settings
	 */
	void check(Map<String, ProbeModule> modules) {
		Target.Asks asks = asks();
		if (asks == null) {
			return;
		}
		ProbeModule module = modules.get(asks.module());
		if (module == null) {
			throw new ModuleFileException("udp-probe.targets[].module of '%s' is '%s', and there is no such module."
					.formatted(this.name, asks.module()));
		}
		try {
			module.checkConfigured(asks.with());
		}
		catch (BadSettingException ex) {
			throw new ModuleFileException(
					"udp-probe.targets[].with.%s of '%s' is not taken: %s.".formatted(ex.setting(),
							this.name, ex.getMessage()));
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
