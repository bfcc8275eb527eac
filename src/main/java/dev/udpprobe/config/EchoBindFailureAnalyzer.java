package dev.udpprobe.config;

import java.net.InetSocketAddress;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

import dev.udpprobe.server.ServerBindException;

/**
 * Says what to do when the echo server cannot have its address.
 */
class EchoBindFailureAnalyzer extends AbstractFailureAnalyzer<ServerBindException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, ServerBindException cause) {
		InetSocketAddress address = cause.address();
		String description = "The echo server cannot listen on %s, which is configured as udp-probe.echo.address and udp-probe.echo.port."
				.formatted(cause.getMessage());
		String action = """
				Stop the program that has the port ("ss -ulpn 'sport = :%d'" names it on Linux), or set \
				udp-probe.echo.port to another one or to 0 for any free one, or correct udp-probe.echo.address, \
				or switch the echo server off with udp-probe.echo.enabled=false."""
				.formatted(address.getPort());
		return new FailureAnalysis(description, action, cause);
	}

}
