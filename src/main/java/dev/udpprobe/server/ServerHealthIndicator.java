package dev.udpprobe.server;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * Down when a server should listen and does not, does not hear everything, or cannot reply.
 */
public final class ServerHealthIndicator extends AbstractHealthIndicator {

	private final UdpServer server;

	public ServerHealthIndicator(UdpServer server) {
		super("the server's health cannot be told");
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
