package dev.udpprobe.config;

import java.util.List;
import java.util.stream.Stream;

import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

import dev.udpprobe.echo.GuardSettings;
import dev.udpprobe.net.AddressRange;
import dev.udpprobe.net.PortRange;
import dev.udpprobe.net.RateLimit;

/**
 * Whom the echo server answers, and how much.
 *
 * <p>
 * The ports denied by default are those below 1024, from which clients do not send, of
 * services that answer anything that comes (RFC 862 to 868: 7, 11, 13, 17, 19, 37), that
 * answer errors with errors (CVE-2024-2169: 53, 69, 123; RFC 1002 4.4.3: 138), that answer
 * to a port of their own kind (RFC 2131 4.1: 67) or that are known to be used as reflectors
 * (US-CERT TA14-017A: 111, 137, 161, 389, 520).
 *
 * <p>
 * An entry of a list is an array, which the binder leaves empty where the entry is empty.
 *
 * @param allowedSources Who is answered: a list of IP addresses and CIDR blocks; everybody
 * if empty.
 * @param deniedSourcePorts From which ports nobody is answered: a list of ports and ranges
 * from-to, within 1 to 65535; from none if empty.
 * @param breakAlternation Whether a peer that sends 256 datagrams in a row as if each were an
 * answer to the reply before it gets its next reply only once it sends again: whoever only
 * answers falls silent.
 * @param sourceDatagramsPerSecond How many datagrams of one source (an IPv4 address, or the
 * first 64 bits of an IPv6 address) are answered in a second: 1 to 10000000, or 0 for no
 * limit.
 * @param sourceBytesPerSecond How many bytes of replies one source gets in a second: 1B to
 * 10GB, or 0 for no limit.
 * @param totalDatagramsPerSecond How many datagrams of all sources together are answered
 * in a second: 1 to 10000000, or 0 for no limit.
 * @param totalBytesPerSecond How many bytes of replies all sources together get in a
 * second: 1B to 10GB, or 0 for no limit.
 */
record GuardProperties(@DefaultValue List<AddressRange[]> allowedSources,
		@DefaultValue( {
				"7", "11", "13", "17", "19", "37", "53", "67", "69", "111", "123", "137", "138",
				"161", "389", "520"}) List<PortRange[]> deniedSourcePorts,
		@DefaultValue("true") boolean breakAlternation,
		@DefaultValue("20000") int sourceDatagramsPerSecond, @DefaultValue("25MB") DataSize sourceBytesPerSecond,
		@DefaultValue("0") int totalDatagramsPerSecond, @DefaultValue("0") DataSize totalBytesPerSecond){

	GuardProperties {
		limit("source", sourceDatagramsPerSecond, sourceBytesPerSecond);
		limit("total", totalDatagramsPerSecond, totalBytesPerSecond);
	}

	private static RateLimit limit(String whose, int datagramsPerSecond, DataSize bytesPerSecond) {
		try {
			return new RateLimit(datagramsPerSecond, bytesPerSecond.toBytes());
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException("udp-probe.echo.guard.%s-%s".formatted(whose, ex.getMessage()), ex);
		}
	}

	GuardSettings settings() {
		return new GuardSettings(this.allowedSources.stream().flatMap(Stream::of).toList(),
				this.deniedSourcePorts.stream().flatMap(Stream::of).toList(), this.breakAlternation,
				limit("source", this.sourceDatagramsPerSecond, this.sourceBytesPerSecond),
				limit("total", this.totalDatagramsPerSecond, this.totalBytesPerSecond));
	}

}
