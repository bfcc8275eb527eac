package dev.udpprobe.destination;

import org.jspecify.annotations.Nullable;

import dev.udpprobe.auth.Signer;
import dev.udpprobe.net.HostAndPort;

/**
 * The remote end of the client.
 *
 * @param name the configured name, or {@link #AD_HOC}; the only thing of a target that
 * metrics may be labelled with
 * @param signer who signs what is sent there, or null
 */
public record Target(String name, HostAndPort address, @Nullable Signer signer) {

	/**
	 * The name that all targets share which no configuration names.
	 */
	public static final String AD_HOC = "ad-hoc";

	/**
	 * Without a signer, whatever the address: two targets may share one and not the key.
	 */
	public static Target adHoc(HostAndPort address) {
		return new Target(AD_HOC, address, null);
	}

}
