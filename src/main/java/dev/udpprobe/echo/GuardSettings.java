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
 * @param breakAlternation whether a peer that may do nothing but answer replies is tested, by a
 * reply that it gets later or not at all
 * @param perSource what one source may have; loopback has no limit
 * @param total what all of them may have
 */
public record GuardSettings(List<AddressRange> allowedSources, List<PortRange> deniedSourcePorts,
		boolean breakAlternation, RateLimit perSource, RateLimit total) {

	/** Answers everybody and everything, without limits. */
	public static final GuardSettings OPEN = new GuardSettings(List.of(), List.of(), false, RateLimit.NONE,
			RateLimit.NONE);

	public GuardSettings {
		allowedSources = List.copyOf(allowedSources);
		deniedSourcePorts = List.copyOf(deniedSourcePorts);
	}

}
