package dev.udpprobe.config;

import java.util.function.BooleanSupplier;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * Down when a thread that works on exchanges has ended; only a restart helps.
 */
final class ClientHealthIndicator extends AbstractHealthIndicator {

	private final BooleanSupplier alive;

	ClientHealthIndicator(BooleanSupplier alive) {
		super("the client's health cannot be told");
		this.alive = alive;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		if (this.alive.getAsBoolean()) {
			builder.up();
		}
		else {
			builder.down().withDetail("reason", "a thread that works on exchanges has ended; see the log");
		}
	}

}
