package dev.udpprobe.destination;

import dev.udpprobe.net.HostAndPort;

/**
 * The remote end of the client.
 *
 * @param name the configured name, or {@link #AD_HOC}; the only thing of a target that
 * metrics may be labelled with
 */
public record Target(String name, HostAndPort address) {

	/**
	 * The name that all targets share which no configuration names.
	 */
	public static final String AD_HOC = "ad-hoc";

	public static Target adHoc(HostAndPort address) {
		return new Target(AD_HOC, address);
	}

}
