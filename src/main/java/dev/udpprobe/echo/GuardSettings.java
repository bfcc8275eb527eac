package dev.udpprobe.echo;

import java.util.List;

import dev.udpprobe.net.AddressRange;
import dev.udpprobe.net.PortRange;
import dev.udpprobe.net.RateLimit;

/**
 * Whom the echo server answers, and how much.
 *
 * @param allowedSources who is answered; everybody if empty
 * @param deniedSourcePorts from which ports nobody is answered
 * @param perSource what one source may have; loopback has no limit
 * @param total what all of them may have
 */
public record GuardSettings(List<AddressRange> allowedSources, List<PortRange> deniedSourcePorts, RateLimit perSource,
		RateLimit total) {

	/** Answers everybody, without limits. */
	public static final GuardSettings OPEN = new GuardSettings(List.of(), List.of(), RateLimit.NONE, RateLimit.NONE);

	public GuardSettings {
		allowedSources = List.copyOf(allowedSources);
		deniedSourcePorts = List.copyOf(deniedSourcePorts);
	}

}
