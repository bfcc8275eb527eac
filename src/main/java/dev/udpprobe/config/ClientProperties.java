package dev.udpprobe.config;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

import dev.udpprobe.destination.TargetRule;
import dev.udpprobe.net.RateLimit;

/**
 * The client.
 *
 * <p>
 * An entry of a list is an array, which the binder leaves empty where the entry is empty.
 *
 * @param target Whom to send to where a request names no target: a configured name or
 * host:port; the own echo server if empty.
 * @param timeout How long to wait for an answer where a request does not say: a duration
 * from 1ms to max-timeout, for example 500ms.
 * @param maxTimeout The longest time-out that a request may ask for: a duration from 1ms to
 * 10m.
 * @param maxInFlight How many exchanges may be in flight at once: 1 to 20000.
 * @param loops How many threads work on exchanges: 1 to 64.
 * @param destinationDatagramsPerSecond How many datagrams are sent to one IP address in a
 * second, whatever its port: 1 to 10000000, or 0 for no limit.
 * @param nameTtl How long the address of a name is kept: a duration from 0s to 1d.
 * @param nameFailureTtl How long a name without an address is not looked up again: a
 * duration from 0s to 1d.
 * @param allowedTargets Who may be sent to: a list of CIDR, CIDR:port, host:port or
 * host:from-to; loopback, the echo server's own addresses and the configured targets, the
 * default one included, if empty.
 */
record ClientProperties(@Nullable String target, @DefaultValue("1s") Duration timeout,
		@DefaultValue("10s") Duration maxTimeout, @DefaultValue("1000") int maxInFlight,
		@DefaultValue("1") int loops, @DefaultValue("20000") int destinationDatagramsPerSecond,
		@DefaultValue("30s") Duration nameTtl, @DefaultValue("1s") Duration nameFailureTtl,
		@DefaultValue List<TargetRule[]> allowedTargets) {

	private static final String PREFIX = "udp-probe.client.";

	ClientProperties {
		Check.range(PREFIX + "max-timeout", maxTimeout, Duration.ofMillis(1), Duration.ofMinutes(10));
		Check.range(PREFIX + "timeout", timeout, Duration.ofMillis(1), maxTimeout);
		Check.range(PREFIX + "max-in-flight", maxInFlight, 1, 20_000);
		Check.range(PREFIX + "loops", loops, 1, 64);
		Check.range(PREFIX + "destination-datagrams-per-second", destinationDatagramsPerSecond, 0,
				RateLimit.MAX_DATAGRAMS);
		Check.range(PREFIX + "name-ttl", nameTtl, Duration.ZERO, Duration.ofDays(1));
		Check.range(PREFIX + "name-failure-ttl", nameFailureTtl, Duration.ZERO, Duration.ofDays(1));
		target = (target == null || target.isBlank()) ? null : target;
	}

	/**
	 * @return the configured rules; none where nothing is configured
	 */
	List<TargetRule> rules() {
		return this.allowedTargets.stream().flatMap(Stream::of).toList();
	}

}
