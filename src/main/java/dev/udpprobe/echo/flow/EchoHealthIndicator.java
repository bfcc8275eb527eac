package dev.udpprobe.echo.flow;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * Down when the echo server should listen and does not.
 */
final class EchoHealthIndicator extends AbstractHealthIndicator {

	private final EchoInboundAdapter adapter;

	EchoHealthIndicator(EchoInboundAdapter adapter) {
		super("the echo server's health cannot be told");
		this.adapter = adapter;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		if (this.adapter.isListening()) {
			builder.up().withDetail("port", this.adapter.getPort());
		}
		else {
			String failure = this.adapter.failure();
			builder.down().withDetail("reason", (failure != null) ? failure : "it has been stopped");
		}
	}

}
