package dev.udpprobe.config;

/**
 * Modules are not as they have to be. The message is a sentence that says where and why, without anything secret.
 */
final class ModuleFileException extends RuntimeException {

	ModuleFileException(String sentence) {
		super(sentence);
	}

}
