package dev.udpprobe.config;

import java.time.Duration;

import org.springframework.boot.context.properties.bind.DefaultValue;

import dev.udpprobe.monitor.RoundSettings;

/**
 * The monitor.
 *
 * @param interval From one round of a target to the next, where the target does not say: a duration from 100ms to 1d, or 0 for none.
 * @param maxInFlight How many rounds may be in flight at once: 1 to 50000.
 * @param histograms Whether each target has a histogram of its round trips, of 18 series.
 */
record MonitorProperties(@DefaultValue("10s") Duration interval, @DefaultValue("10000") int maxInFlight,
		@DefaultValue("false") boolean histograms) {

	MonitorProperties {
		if (!interval.isZero()) {
			Check.range("udp-probe.monitor.interval", interval, RoundSettings.MIN_INTERVAL,
					RoundSettings.MAX_INTERVAL);
		}
		Check.range("udp-probe.monitor.max-in-flight", maxInFlight, 1, 50_000);
	}

}
