package dev.udpprobe.server;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * Down when the echo server should listen and does not, or does not hear everything.
 */
final class EchoHealthIndicator extends AbstractHealthIndicator {

	private final EchoServer server;

	EchoHealthIndicator(EchoServer server) {
		super("the echo server's health cannot be told");
		this.server = server;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		String failure = this.server.failure();
		if (failure == null) {
			builder.up();
		}
		else {
			builder.down().withDetail("reason", failure);
		}
		builder.withDetail("port", this.server.port())
				.withDetail("transport", this.server.transport())
				.withDetail("kernelDrops", this.server.kernelDrops());
	}

}
