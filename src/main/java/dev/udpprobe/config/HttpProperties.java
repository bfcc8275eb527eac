package dev.udpprobe.config;

import java.util.List;
import java.util.stream.Stream;

import org.springframework.boot.context.properties.bind.DefaultValue;

import dev.udpprobe.net.HostRule;

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
 */
record HttpProperties(@DefaultValue List<HostRule[]> allowedHosts) {

	/**
	 * @return the configured names; none where nothing is configured
	 */
	List<HostRule> rules() {
		return this.allowedHosts.stream().flatMap(Stream::of).toList();
	}

}
