package dev.udpprobe.config;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

import dev.udpprobe.server.TransportException;

/**
 * Says what to do when the echo server cannot use the native transport.
 */
class EchoTransportFailureAnalyzer extends AbstractFailureAnalyzer<TransportException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, TransportException cause) {
		return new FailureAnalysis(
				"udp-probe.echo.transport is 'native', which is not available here: %s.".formatted(cause.getMessage()),
				"Set it to auto, or give the JVM what it lacks: see 'What the detail needs' in docs/http.md.", cause);
	}

}
