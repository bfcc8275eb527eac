package dev.udpprobe.metrics;

import java.util.function.ToDoubleFunction;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.jspecify.annotations.Nullable;

import dev.udpprobe.echo.SessionEnd;
import dev.udpprobe.echo.Sessions;
import dev.udpprobe.linux.KernelDrops;
import dev.udpprobe.server.DropReason;
import dev.udpprobe.server.ServerCounts;
import dev.udpprobe.server.UdpServer;

/**
 * The echo server's meters. They read what the server counts anyway, so a datagram costs
 * nothing more for being metered.
 */
final class EchoMeters implements MeterBinder {

	private final ServerCounts counts;

	private final Sessions sessions;

	private final @Nullable UdpServer server;

	/**
	 * @param server the server itself, or null where there is none: it has no gauge then, because
	 * one at 0 would be an alarm
	 */
	EchoMeters(ServerCounts counts, Sessions sessions, @Nullable UdpServer server) {
		this.counts = counts;
		this.sessions = sessions;
		this.server = server;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		counter(registry, UdpMeters.ECHO_DATAGRAMS_RECEIVED, Tags.empty(), ServerCounts::received);
		counter(registry, UdpMeters.ECHO_BYTES_RECEIVED, Tags.empty(), ServerCounts::bytesReceived);
		counter(registry, UdpMeters.ECHO_DATAGRAMS_SENT, Tags.empty(), ServerCounts::replied);
		counter(registry, UdpMeters.ECHO_BYTES_SENT, Tags.empty(), ServerCounts::bytesReplied);
		counter(registry, UdpMeters.ECHO_FAREWELLS, Tags.empty(), ServerCounts::ended);
		counter(registry, UdpMeters.ECHO_REFUSED, Tags.empty(), ServerCounts::refusals);
		for (DropReason reason : this.counts.reasons()) {
			counter(registry, UdpMeters.ECHO_DATAGRAMS_DROPPED, Tags.of(UdpMeters.REASON, reason.label()),
					(counts) -> counts.droppedFor(reason));
		}
		for (SessionEnd cause : SessionEnd.values()) {
			counter(registry, UdpMeters.ECHO_SESSIONS_ENDED, Tags.of(UdpMeters.CAUSE, cause.label()),
					(_) -> this.sessions.endedBy(cause));
		}
		UdpServer server = this.server;
		if (KernelDrops.known()) {
			counter(registry, UdpMeters.ECHO_KERNEL_DROPS, Tags.empty(),
					(_) -> (server != null) ? server.kernelDrops() : 0);
		}
		Gauge.builder(UdpMeters.ECHO_SESSIONS.getName(), this.sessions, Sessions::size)
				.description(UdpMeters.ECHO_SESSIONS.description())
				.register(registry);
		if (server != null) {
			Gauge.builder(UdpMeters.ECHO_LISTENING.getName(), server, (echo) -> echo.isListening() ? 1 : 0)
					.description(UdpMeters.ECHO_LISTENING.description())
					.register(registry);
		}
	}

	private void counter(MeterRegistry registry, UdpMeters meter, Tags tags, ToDoubleFunction<ServerCounts> value) {
		FunctionCounter.builder(meter.getName(), this.counts, value)
				.description(meter.description())
				.tags(tags)
				.register(registry);
	}

}
