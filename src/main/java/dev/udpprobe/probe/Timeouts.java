package dev.udpprobe.probe;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * How long to wait for an answer.
 *
 * @param standard where a request does not say
 * @param max what a request may ask for
 */
public record Timeouts(Duration standard, Duration max) {

	/**
	 * @throws BadRequestException if it is not positive or too long
	 */
	Duration choose(@Nullable Duration wanted) {
		Duration timeout = (wanted != null) ? wanted : this.standard;
		if (!timeout.isPositive() || timeout.compareTo(this.max) > 0) {
			throw new BadRequestException("timeout", "%s is outside the range: more than 0 and at most %d ms"
					.formatted(timeout, this.max.toMillis()));
		}
		return timeout;
	}

}
