package dev.udpprobe.config;

import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

import dev.udpprobe.access.TrustedProxies;
import dev.udpprobe.net.AddressRange;
import dev.udpprobe.net.HostRule;
import dev.udpprobe.net.PortRange;

/**
 * HTTP.
 *
 * <p>
 * An entry of a list is an array, which the binder leaves empty where the entry is empty.
 *
 * @param allowedHosts Under which other names the service may be asked: a list of host
 * names, or *. and a host name for all names under it, without ports. IP addresses,
 * localhost, names without a dot and names under .localhost, .svc and .cluster.local are
 * always allowed.
 * @param trustedProxies Which proxies are believed when they say for whom they ask, by X-Forwarded-For or Forwarded: a list of IP
 * addresses and CIDR blocks; none if empty.
 * @param healthPort A further port, on which the probes livez and readyz alone are answered: 0
 * (any free one) to 65535; none if empty.
 */
record HttpProperties(@DefaultValue List<HostRule[]> allowedHosts, @DefaultValue List<AddressRange[]> trustedProxies,
		@Nullable Integer healthPort) {

	HttpProperties {
		if (healthPort != null) {
			Check.range("udp-probe.http.health-port", healthPort, 0, PortRange.ALL.last());
		}
	}

	OptionalInt port() {
		return (this.healthPort != null) ? OptionalInt.of(this.healthPort) : OptionalInt.empty();
	}

	TrustedProxies proxies() {
		return new TrustedProxies(this.trustedProxies.stream().flatMap(Stream::of).toList());
	}

	/**
	 * @return the configured names; none where nothing is configured
	 */
	List<HostRule> rules() {
		return this.allowedHosts.stream().flatMap(Stream::of).toList();
	}

}
