package dev.udpprobe.web;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Says what to configure where that is required.
 */
class OpenAccessFailureAnalyzer extends AbstractFailureAnalyzer<OpenAccess.NotConfiguredException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, OpenAccess.NotConfiguredException cause) {
		return new FailureAnalysis(cause.getMessage(),
				"Set udp-probe.security.account-files or udp-probe.security.everybody, or server.address to 127.0.0.1. docs/security.md says more.",
				cause);
	}

}
