package dev.udpprobe.config;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;

import dev.udpprobe.module.ModuleSpec.LocalPort;
import dev.udpprobe.module.ProbeModule;
import dev.udpprobe.net.HostAndPort;

/**
 * What the groups of files ask for, as the modules are.
 */
final class GroupTargets {

	/** In characters: a host name, brackets and a port. */
	private static final int MAX_ADDRESS = 300;

	/** In characters. */
	private static final int MAX_VALUE = 10_000;

	private static final String WITH = "__with_";

	private static final Set<String> OURS = Set.of("__name", "__module", "__interval", "__timeout", "__rise", "__fall",
			"__port");

	private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");

	private final Function<String, @Nullable ProbeModule> modules;

	private final Duration maxTimeout;

	/**
	 * @param modules by name
	 */
	GroupTargets(Function<String, @Nullable ProbeModule> modules, Duration maxTimeout) {
		this.modules = modules;
		this.maxTimeout = maxTimeout;
	}

	/**
	 * @param taken gets what is taken
	 * @param leftOut gets what is not
	 */
	void take(TargetFile.Group group, List<TargetProperties> taken, LeftOut leftOut) {
		TargetProperties common;
		try {
			common = common(group);
		}
		catch (IllegalArgumentException ex) {
			leftOut.add(group.targets().size(), "group %d: %s".formatted(group.number(), ex.getMessage()));
			return;
		}
		ProbeModule module = (common.module() != null) ? this.modules.apply(common.module()) : null;
		int number = 0;
		for (String text : group.targets()) {
			number++;
			try {
				taken.add(target(common, text, (module != null) ? module.port() : 0));
			}
			catch (IllegalArgumentException ex) {
				leftOut.add(1, "group %d, target %d: %s".formatted(group.number(), number, ex.getMessage()));
			}
		}
	}

	private static TargetProperties target(TargetProperties common, String text, int port) {
		if (text.length() > MAX_ADDRESS) {
			throw new IllegalArgumentException("an address has at most %d characters".formatted(MAX_ADDRESS));
		}
		HostAndPort address = HostAndPort.of(text, port);
		return new TargetProperties(common.name().isEmpty() ? address.toString() : common.name(), address, null,
				common.module(), common.with(), common.interval(), common.timeout(), common.rise(), common.fall(),
				common.port(), common.labels());
	}

	/**
	 * @return what all targets of a group have
	 * @throws IllegalArgumentException with a clause
	 */
	private TargetProperties common(TargetFile.Group group) {
		Map<String, String> ours = new LinkedHashMap<>();
		Map<String, String> with = new LinkedHashMap<>();
		Map<String, String> others = new LinkedHashMap<>();
		group.labels().forEach((name, value) -> {
			if (name.startsWith(WITH)) {
				with.put(name.substring(WITH.length()), value);
			}
			else if (OURS.contains(name)) {
				ours.put(name, value);
			}
			else if (name.startsWith(TargetLabels.RESERVED)) {
				throw new IllegalArgumentException(
						"there is no label '%s'; with two underscores first it takes __name, __module, __interval, __timeout, __rise, __fall, __port, __with_ and a setting's name, and __meta_ and whatever comes"
								.formatted(name));
			}
			else {
				others.put(name, value);
			}
			if (value.length() > MAX_VALUE) {
				throw new IllegalArgumentException(
						"the value of %s has more than %,d characters".formatted(name, MAX_VALUE));
			}
		});
		String module = ours.get("__module");
		if (module == null && !with.isEmpty()) {
			throw new IllegalArgumentException(WITH + with.keySet().iterator().next() + " takes __module beside it");
		}
		TargetProperties common = new TargetProperties(name(group, ours), null, null, module, settings(module, with),
				duration(ours, "__interval"), duration(ours, "__timeout"), number(ours, "__rise", 1),
				number(ours, "__fall", 2), port(ours), Collections.unmodifiableMap(others));
		common.check(GroupTargets::label, this.maxTimeout);
		common.check(this.modules, GroupTargets::label);
		return common;
	}

	/**
	 * @return what is said of a key of a target
	 */
	private static String label(String key) {
		return key.equals("labels") ? "the labels" : TargetLabels.RESERVED + key.replace('.', '_');
	}

	private static String name(TargetFile.Group group, Map<String, String> ours) {
		String name = ours.get("__name");
		if (name == null) {
			return "";
		}
		if (group.targets().size() > 1) {
			throw new IllegalArgumentException(
					"__name takes a group of one target, and there are %,d".formatted(group.targets().size()));
		}
		TargetProperties.checkName("__name", name);
		return name;
	}

	/**
	 * A label has no dash in its name, and a setting may have.
	 */
	private Map<String, String> settings(@Nullable String module, Map<String, String> with) {
		ProbeModule found = (module != null) ? this.modules.apply(module) : null;
		if (found == null) {
			return Map.copyOf(with);
		}
		Map<String, String> settings = new LinkedHashMap<>();
		with.forEach((label, value) -> settings.put(found.settings()
				.stream()
				.map((setting) -> setting.name())
				.filter((setting) -> setting.replace('-', '_').equals(label))
				.findFirst()
				.orElse(label), value));
		return settings;
	}

	private static @Nullable Duration duration(Map<String, String> ours, String label) {
		String text = ours.get(label);
		if (text == null) {
			return null;
		}
		try {
			return DurationStyle.detectAndParse(text);
		}
		catch (IllegalArgumentException | ArithmeticException _) {
			throw Check.wrong(label, text, "a duration such as 500ms, 10s or 5m");
		}
	}

	private static int number(Map<String, String> ours, String label, int otherwise) {
		String text = ours.get(label);
		if (text == null) {
			return otherwise;
		}
		if (!NUMBER.matcher(text).matches()) {
			throw Check.wrong(label, text, "a number");
		}
		return Integer.parseInt(text);
	}

	private static @Nullable LocalPort port(Map<String, String> ours) {
		String text = ours.get("__port");
		if (text == null) {
			return null;
		}
		for (LocalPort port : LocalPort.values()) {
			if (port.label().equals(text)) {
				return port;
			}
		}
		throw Check.wrong("__port", text, "fresh or kept");
	}

}
