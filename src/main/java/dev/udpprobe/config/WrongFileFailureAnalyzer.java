package dev.udpprobe.config;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Says which file, or which module, stops the start, and where it is wrong.
 */
class WrongFileFailureAnalyzer extends AbstractFailureAnalyzer<WrongFileException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, WrongFileException cause) {
		return new FailureAnalysis(cause.getMessage(),
				"Correct the configuration. docs/modules.md has the language of modules, docs/security.md the format of accounts.",
				cause);
	}

}
