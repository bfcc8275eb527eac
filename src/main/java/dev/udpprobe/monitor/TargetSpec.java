package dev.udpprobe.monitor;

import java.util.Map;

import dev.udpprobe.destination.Target;

/**
 * A named target as it is configured.
 *
 * @param labels that it has beside its name, for whoever sorts targets: at most 16
 * @param source the file that names it; empty for the configuration
 */
public record TargetSpec(Target target, RoundSettings rounds, Map<String, String> labels, String source) {

	public String name() {
		return this.target.name();
	}

}
